//! Largest flows and least cuts (Dinic 1970), for a few thousand items.

/// A network of items, each fed or drained by what it gains or loses, and joined to others.
pub(super) struct Flow {
    count: usize,
    arcs: Vec<(u32, u32, f64, f64)>,
    start: Vec<u32>,
    /// Sorted by source.
    to: Vec<Arc>,
    /// The way of a push.
    path: Vec<u32>,
    excess: Vec<f64>,
    level: Vec<u32>,
    next: Vec<u32>,
    queue: Vec<u32>,
    /// Looks at arcs in the last cut.
    pub(super) work: u64,
}

/// Target, what is left of the capacity, and the arc back.
#[derive(Clone, Copy, Default)]
struct Arc {
    to: u32,
    back: u32,
    left: f64,
}

const UNSEEN: u32 = u32::MAX;

impl Flow {
    pub(super) fn new(count: usize) -> Self {
        Self {
            count,
            arcs: Vec::new(),
            start: Vec::new(),
            to: Vec::new(),
            path: Vec::new(),
            excess: Vec::new(),
            level: Vec::new(),
            next: Vec::new(),
            queue: Vec::new(),
            work: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        self.arcs.clear();
    }

    /// Separating the two costs `there` with the first alone on the gaining side, `back` with the second.
    pub(super) fn join(&mut self, a: u32, b: u32, there: f64, back: f64) {
        self.arcs.push((a, b, there, back));
    }

    /// Marks the set with the largest gain, less what it costs to separate it from the rest; amounts up to
    /// `least` are nothing.
    pub(super) fn cut(&mut self, gain: &[f64], least: f64, side: &mut Vec<bool>) {
        self.build();
        self.work = self.to.len() as u64;
        self.excess.clear();
        // Gains feed the network and losses drain it: no source and no sink of their own are needed.
        self.excess.extend_from_slice(gain);
        loop {
            let reached = self.levels(least);
            if !reached {
                break;
            }
            self.next.clear();
            self.next.extend_from_slice(&self.start[..self.count]);
            for item in 0..self.count as u32 {
                while self.excess[item as usize] > least {
                    let pushed = self.push(item, self.excess[item as usize], least);
                    if pushed <= 0.0 {
                        break;
                    }
                    self.excess[item as usize] -= pushed;
                }
            }
        }
        side.clear();
        // What is still fed when nothing can be pushed any more is the gaining side of the least cut.
        side.extend(self.level.iter().map(|level| *level != UNSEEN));
    }

    fn build(&mut self) {
        self.start.clear();
        self.start.resize(self.count + 1, 0);
        for &(a, b, ..) in &self.arcs {
            self.start[a as usize + 1] += 1;
            self.start[b as usize + 1] += 1;
        }
        for item in 0..self.count {
            self.start[item + 1] += self.start[item];
        }
        let total = self.arcs.len() * 2;
        self.to.resize(total, Arc::default());
        self.next.clear();
        self.next.extend_from_slice(&self.start[..self.count]);
        for &(a, b, there, back) in &self.arcs {
            // Each arc knows its way back, which is how a later push takes an earlier one back.
            let (i, j) = (self.next[a as usize], self.next[b as usize]);
            self.next[a as usize] += 1;
            self.next[b as usize] += 1;
            self.to[i as usize] = Arc { to: b, back: j, left: there };
            self.to[j as usize] = Arc { to: a, back: i, left: back };
        }
    }

    /// Distances from the items that still have something to give; whether one that can take is reached.
    fn levels(&mut self, least: f64) -> bool {
        self.level.clear();
        self.level.resize(self.count, UNSEEN);
        self.queue.clear();
        for item in 0..self.count {
            if self.excess[item] > least {
                self.level[item] = 0;
                self.queue.push(item as u32);
            }
        }
        let mut reached = false;
        let mut head = 0;
        while head < self.queue.len() {
            let item = self.queue[head] as usize;
            head += 1;
            reached |= self.excess[item] < -least;
            let next = self.level[item] + 1;
            let arcs = &self.to[self.start[item] as usize..self.start[item + 1] as usize];
            self.work += arcs.len() as u64;
            for arc in arcs.iter().filter(|arc| arc.left > least) {
                let level = &mut self.level[arc.to as usize];
                if *level == UNSEEN {
                    *level = next;
                    self.queue.push(arc.to);
                }
            }
        }
        reached
    }

    /// Pushes up to `amount` from an item along rising levels to one that can take it, by depth first.
    fn push(&mut self, item: u32, amount: f64, least: f64) -> f64 {
        self.path.clear();
        let mut at = item;
        loop {
            if self.excess[at as usize] < -least {
                let room = self.path.iter().map(|arc| self.to[*arc as usize].left).fold(amount, f64::min);
                let pushed = room.min(-self.excess[at as usize]);
                for &arc in &self.path {
                    let arc = &mut self.to[arc as usize];
                    arc.left -= pushed;
                    let back = arc.back;
                    self.to[back as usize].left += pushed;
                }
                self.excess[at as usize] += pushed;
                return pushed;
            }
            let (from, end) = (self.next[at as usize], self.start[at as usize + 1]);
            let next = self.level[at as usize] + 1;
            let leads_on = |arc: &Arc| arc.left > least && self.level[arc.to as usize] == next;
            let skipped = self.to[from as usize..end as usize].iter().position(leads_on);
            let seen = from + skipped.map_or(end - from, |skipped| skipped as u32);
            self.next[at as usize] = seen;
            self.work += u64::from(seen - from) + u64::from(skipped.is_some());
            let on = skipped.map(|_| (seen, self.to[seen as usize].to));
            if let Some((arc, other)) = on {
                self.path.push(arc);
                at = other;
            } else {
                // A dead end: step back and never come here again at this level.
                let Some(arc) = self.path.pop() else { return 0.0 };
                let from = self.to[self.to[arc as usize].back as usize].to;
                self.next[from as usize] += 1;
                at = from;
            }
        }
    }
}
