//! Layers for a graph that has none: as far to the right as the money has come.

/// A layer for each node, so that forward links lead to later layers, and for each link whether it is a
/// return: the fewest and smallest links whose removal leaves no loop (a weighted feedback arc set).
///
/// `links` are pairs of nodes with values.
pub fn layers(node_count: usize, links: &[(usize, usize, f64)]) -> (Vec<usize>, Vec<bool>) {
    let is_return = returns(node_count, links);
    let mut layer = vec![0_usize; node_count];
    let mut waiting = vec![0_usize; node_count];
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); node_count];
    for (index, &(source, target, _)) in links.iter().enumerate() {
        if !is_return[index] {
            out[source].push(target);
            waiting[target] += 1;
        }
    }
    let mut ready: Vec<usize> = (0..node_count).filter(|node| waiting[*node] == 0).collect();
    while let Some(node) = ready.pop() {
        for &target in &out[node] {
            layer[target] = layer[target].max(layer[node] + 1);
            waiting[target] -= 1;
            if waiting[target] == 0 {
                ready.push(target);
            }
        }
    }
    (layer, is_return)
}

/// Which links lead back, in the best order of the nodes that was found.
fn returns(node_count: usize, links: &[(usize, usize, f64)]) -> Vec<bool> {
    let component = components(node_count, links);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); node_count];
    for (node, component) in component.iter().enumerate() {
        members[*component].push(node);
    }
    let mut place = vec![0_usize; node_count];
    for nodes in members.iter().filter(|nodes| nodes.len() > 1) {
        for (at, node) in order_loop(nodes, links).into_iter().enumerate() {
            place[node] = at;
        }
    }
    links
        .iter()
        .map(|&(source, target, _)| component[source] == component[target] && place[target] <= place[source])
        .collect()
}

/// The nodes of a loop in the order that leaves the least value leading backwards: all orders are weighed
/// where they are few, else each node moves to its best place until none gains.
fn order_loop(nodes: &[usize], links: &[(usize, usize, f64)]) -> Vec<usize> {
    let n = nodes.len();
    let mut value = vec![0.0_f64; n * n];
    let local = |node: usize| nodes.binary_search(&node).ok();
    let total: f64 = links.iter().map(|link| link.2.abs()).filter(|v| v.is_finite()).sum();
    // Far below a penny of any budget, and still more than rounding leaves.
    let trifle = if total > 0.0 { total * 1e-12 } else { 1.0 };
    for &(source, target, v) in links {
        if let (Some(a), Some(b)) = (local(source), local(target))
            && a != b
        {
            // Among equal amounts the fewest links.
            value[a * n + b] += if v.is_finite() { v.abs() } else { 0.0 } + trifle;
        }
    }
    // 2¹³ sets of 13 nodes are some hundred thousand steps; each node more doubles them.
    let order = if n <= 13 { best_of_all(n, &value) } else { by_insertion(n, &value) };
    order.into_iter().map(|index| nodes[index]).collect()
}

/// Dynamic programming over the sets of nodes that come first (Held and Karp 1962).
fn best_of_all(n: usize, value: &[f64]) -> Vec<usize> {
    let mut least = vec![f64::INFINITY; 1 << n];
    let mut last = vec![0_u8; 1 << n];
    least[0] = 0.0;
    for set in 0..1_usize << n {
        for next in (0..n).filter(|next| set >> next & 1 == 0) {
            // What comes next gives back to all that stands before it.
            let back: f64 = (0..n).filter(|b| set >> b & 1 == 1).map(|b| value[next * n + b]).sum();
            let with = set | 1 << next;
            if least[set] + back < least[with] {
                least[with] = least[set] + back;
                last[with] = next as u8;
            }
        }
    }
    let mut order = Vec::with_capacity(n);
    let mut set = (1_usize << n) - 1;
    while set != 0 {
        let node = usize::from(last[set]);
        order.push(node);
        set ^= 1 << node;
    }
    order.reverse();
    order
}

fn by_insertion(n: usize, value: &[f64]) -> Vec<usize> {
    // Start: what gives most and gets least first.
    let balance = |a: usize| -> f64 { (0..n).map(|b| value[a * n + b] - value[b * n + a]).sum() };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| balance(*b).total_cmp(&balance(*a)).then(a.cmp(b)));
    // Each round only gains, so it ends; the bound is for amounts so alike that rounding keeps it going.
    for _ in 0..50 {
        let mut moved = false;
        for node in 0..n {
            let from = order.iter().position(|other| *other == node).expect("every node is in the order");
            // A gain below rounding is none: without this two nodes could change places for ever.
            let (mut best, mut to) = (-1e-12, from);
            let mut gain = 0.0;
            for place in (0..from).rev() {
                let other = order[place];
                gain += value[other * n + node] - value[node * n + other];
                if gain < best {
                    (best, to) = (gain, place);
                }
            }
            gain = 0.0;
            for (place, &other) in order.iter().enumerate().skip(from + 1) {
                gain += value[node * n + other] - value[other * n + node];
                if gain < best {
                    (best, to) = (gain, place);
                }
            }
            if to != from {
                order.remove(from);
                order.insert(to, node);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    order
}

/// Strongly connected components (Kosaraju), numbered from 0: the nodes that lie on a loop together.
fn components(node_count: usize, links: &[(usize, usize, f64)]) -> Vec<usize> {
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); node_count];
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); node_count];
    for &(source, target, _) in links {
        out[source].push(target);
        back[target].push(source);
    }
    let mut finished = Vec::with_capacity(node_count);
    let mut seen = vec![false; node_count];
    for root in 0..node_count {
        if seen[root] {
            continue;
        }
        seen[root] = true;
        // A stack of its own: a chain of a hundred thousand nodes would overflow the thread's.
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.last_mut() {
            if let Some(&target) = out[*node].get(*next) {
                *next += 1;
                if !seen[target] {
                    seen[target] = true;
                    stack.push((target, 0));
                }
            } else {
                finished.push(*node);
                stack.pop();
            }
        }
    }
    let mut component = vec![usize::MAX; node_count];
    let mut count = 0;
    for &root in finished.iter().rev() {
        if component[root] != usize::MAX {
            continue;
        }
        let mut stack = vec![root];
        component[root] = count;
        while let Some(node) = stack.pop() {
            for &source in &back[node] {
                if component[source] == usize::MAX {
                    component[source] = count;
                    stack.push(source);
                }
            }
        }
        count += 1;
    }
    component
}
