//! Names as small numbers, one list for each dimension: what a ledger's columns hold. Also how spellings are
//! compared, and which known word was probably meant.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A name of one dimension, as a small number: 0 is "Not stated".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

impl NameId {
    pub const NOT_STATED: Self = Self(0);

    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The names of one dimension in the order they were first met, each with a small number.
#[derive(Clone, Debug)]
pub struct Names {
    names: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, NameId>,
}

impl Names {
    /// What stands where a line has no value for a dimension.
    pub const NOT_STATED: &str = "Not stated";

    pub fn new() -> Self {
        let mut names = Self { names: Vec::new(), ids: FxHashMap::default() };
        names.add(Self::NOT_STATED);
        names
    }

    /// What money that no shadow pool holds is called.
    pub const OUTSIDE_THE_POOL: &str = "Outside the pool";

    /// What of a pool is not allocated to anything is called.
    pub const UNALLOCATED: &str = "Unallocated";

    /// Names of a dimension whose rest is called something else than "Not stated".
    pub fn with_rest(rest: &str) -> Self {
        let mut names = Self::new();
        // Both words find number 0: files from before the pool still say "Not stated".
        let rest: Arc<str> = rest.into();
        names.names[0] = Arc::clone(&rest);
        names.ids.insert(rest, NameId::NOT_STATED);
        names
    }

    /// The same names in other words; their numbers stay.
    #[must_use]
    pub fn said(&self, say: impl Fn(&str) -> String) -> Self {
        let names: Vec<Arc<str>> = self.names.iter().map(|name| say(name).into()).collect();
        // From the end, so that of names that became the same word the first keeps it.
        let numbered = names.iter().enumerate().rev();
        let mut ids: FxHashMap<Arc<str>, NameId> =
            numbered.map(|(index, name)| (Arc::clone(name), NameId(index as u32))).collect();
        ids.entry(Self::NOT_STATED.into()).or_insert(NameId::NOT_STATED);
        Self { names, ids }
    }

    /// Whether a name stands for a rest rather than for somebody: it is drawn in grey and not counted.
    pub fn is_remainder(name: &str) -> bool {
        matches!(
            comparison_key(name).as_str(),
            "notstated" | "notitemised" | "notclassified" | "unallocated" | "outsidethepool"
        )
    }

    /// The id of a name, added if it is new; surrounding space is no part of it, and nothing is "Not stated".
    pub fn add(&mut self, name: &str) -> NameId {
        let name = name.trim();
        let name = if name.is_empty() { Self::NOT_STATED } else { name };
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = NameId(
            u32::try_from(self.names.len()).expect("fewer than four thousand million names fit in memory"),
        );
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.ids.insert(name, id);
        id
    }

    pub fn id(&self, name: &str) -> Option<NameId> {
        self.ids.get(name).copied()
    }

    pub fn name(&self, id: NameId) -> &str {
        &self.names[id.index()]
    }

    /// The name itself, shared.
    pub fn shared(&self, id: NameId) -> Arc<str> {
        Arc::clone(&self.names[id.index()])
    }

    /// How many names there are, that of the rest among them.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether nothing but the rest is there.
    pub fn is_empty(&self) -> bool {
        self.names.len() <= 1
    }

    /// Whether another list has the same names in the same order.
    pub fn is_same(&self, other: &Self) -> bool {
        self.names == other.names && self.ids == other.ids
    }

    /// What it takes of memory, about: the names, and twice where each is.
    pub fn bytes(&self) -> usize {
        // The bytes of a name stand behind two counts; a table has an eighth of its places free.
        let names: usize = self.names.iter().map(|name| name.len() + 2 * size_of::<usize>()).sum();
        let places = self.names.capacity() * size_of::<Arc<str>>();
        names + places + self.ids.capacity() * (size_of::<(Arc<str>, NameId)>() + 1)
    }

    pub fn iter(&self) -> impl Iterator<Item = (NameId, &str)> {
        self.names.iter().enumerate().map(|(index, name)| (NameId(index as u32), &**name))
    }
}

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

/// What two spellings of one name share: letters and digits in lower case, nothing else.
pub fn comparison_key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The candidate that is spelled most like `wanted`, if any is near enough to be meant: one letter may be added, dropped
/// or changed (Levenshtein's distance), and one more for each four letters.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = comparison_key(wanted);
    candidates
        .into_iter()
        .map(|candidate| (strsim::levenshtein(&wanted, &comparison_key(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len().min(wanted.len()) / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
