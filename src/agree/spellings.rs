//! Which body a variant of a name means: another form of the same council or trust, its initials, a name cut
//! off by a field's length, a slip of one letter. Where two could be meant, none is.

use rustc_hash::FxHashMap;

use super::name_key::{Tier, acronym, name_key, public_body, tier, word_ends};
use super::name_proposals::is_one_letter_apart;

/// Shorter names that are cut, or a letter apart, are usually other names.
/// What a shorter field leaves of a name is how many names begin.
const SHORTEST_CUT: usize = 18;
/// Stricter than where a person is asked for consent, as money is left out on the strength of it.
const SHORTEST_MISSPELT: usize = 10;
/// Three letters are a firm, a charity and a department at once.
const SHORTEST_ACRONYM: usize = 4;

/// Names of bodies, and which body a variant of one means.
///
/// A variant has to account for every word that tells a body from others: "Trafford Council" and "TRAFFORD METROPOLITAN
/// BOROUGH COUNCIL" are one body, "Greater Manchester" and "Greater Manchester West" are two. Where a variant could mean
/// several bodies it means none.
#[derive(Default)]
pub(super) struct Spellings {
    /// The same words but for case, spaces, punctuation, "The" and Ltd.
    keys: FxHashMap<String, usize>,
    /// Public bodies of one kind that share their distinctive words; `None` where several bodies do.
    bodies: FxHashMap<String, Option<usize>>,
    tiers: FxHashMap<String, Option<Tier>>,
    acronyms: FxHashMap<String, Option<usize>>,
    /// The keys with the places where their words end.
    words: Vec<(Vec<char>, Vec<usize>, usize)>,
}

impl Spellings {
    /// A name that has no variants but for case, spaces, punctuation, "The" and Ltd.
    pub(super) fn add_exactly(&mut self, name: &str, body: usize) {
        self.keys.entry(name_key(name)).or_insert(body);
    }

    pub(super) fn add(&mut self, name: &str, body: usize) {
        let key = name_key(name);
        if key.is_empty() {
            return;
        }
        self.words.push((key.chars().collect(), word_ends(name), body));
        self.keys.entry(key).or_insert(body);
        let note = |known: &mut FxHashMap<String, Option<usize>>, key: String| {
            let of = known.entry(key).or_insert(Some(body));
            // Once two bodies share a key it stays ambiguous, whatever comes later.
            if *of != Some(body) {
                *of = None;
            }
        };
        if let Some((_, key)) = public_body(name) {
            self.tiers.entry(key.clone()).or_insert(tier(name));
            note(&mut self.bodies, key);
        }
        if let Some(letters) = acronym(name).filter(|letters| letters.len() >= SHORTEST_ACRONYM) {
            note(&mut self.acronyms, letters);
        }
    }

    /// The body that is called so, case, spaces, punctuation, "The" and Ltd apart.
    pub(super) fn exactly(&self, name: &str) -> Option<usize> {
        self.keys.get(&name_key(name)).copied()
    }

    /// The body that a variant of its name means.
    pub(super) fn meant(&self, name: &str) -> Option<usize> {
        let key = name_key(name);
        if let Some(&body) = self.keys.get(&key) {
            return Some(body);
        }
        if let Some((_, key)) = public_body(name)
            && let Some(body) = self.bodies.get(&key)
            && !is_other_tier(tier(name), self.tiers.get(&key).copied().flatten())
        {
            return *body;
        }
        if let Some(body) = self.acronyms.get(name.trim()) {
            return *body;
        }
        let key: Vec<char> = key.chars().collect();
        let mut found = None;
        for (other, ends, body) in &self.words {
            if (is_cut_from(&key, other, ends) || is_misspelt(&key, other))
                && found.replace(*body).is_some_and(|one| one != *body)
            {
                return None;
            }
        }
        found
    }
}

/// A county and a town may be called after the same place and are two bodies.
fn is_other_tier(one: Option<Tier>, other: Option<Tier>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// Whether a name was cut off within a word, as fields of a fixed length cut it: "Pennine Acute Hospitals NHS Trus". What
/// ends with a word may be another body.
fn is_cut_from(cut: &[char], whole: &[char], word_ends: &[usize]) -> bool {
    cut.len() >= SHORTEST_CUT
        && cut.len() < whole.len()
        && whole.starts_with(cut)
        && !word_ends.contains(&cut.len())
}

fn is_misspelt(one: &[char], other: &[char]) -> bool {
    one.len().min(other.len()) >= SHORTEST_MISSPELT && is_one_letter_apart(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_means_the_body_all_of_whose_words_it_accounts_for() {
        let bodies = [
            "Salford City Council",
            "Trafford Metropolitan Borough Council",
            "NHS Manchester Primary Care Trust",
            "The Pennine Acute Hospitals NHS Trust",
            "Greater Manchester Combined Authority",
            "Greater Manchester Police",
            "Greater Manchester",
        ];
        let mut spellings = Spellings::default();
        for (index, body) in bodies.iter().enumerate() {
            spellings.add(body, index);
        }
        for (variant, body) in [
            ("SALFORD CITY  COUNCIL", Some(0)),
            ("Salfrod City Council", Some(0)),
            ("City of Salford Council", Some(0)),
            ("London Borough of Trafford", Some(1)),
            ("Trafford Council (G)", Some(1)),
            ("MANCHESTER PCT", Some(2)),
            ("Pennine Acute Hospitals Nhs Trus", Some(3)),
            ("GMCA", Some(4)),
            ("Greater Manchester Police", Some(5)),
            // Other bodies with some of the words.
            ("Greater Manchester West", None),
            ("Greater Manchester Probation Trust", None),
            ("Manchester City Council", None),
            ("Manchester Police", None),
            ("Salford Royal NHS Foundation Trust", None),
            ("Salford Community Leisure Ltd", None),
            ("GMP", None),
        ] {
            assert_eq!(spellings.meant(variant), body, "{variant}");
        }
    }

    #[test]
    fn a_variant_of_two_bodies_means_neither() {
        let mut spellings = Spellings::default();
        for (index, body) in ["Northshire County Council", "Northshire District Council"].iter().enumerate() {
            spellings.add(body, index);
        }
        assert_eq!(spellings.meant("Northshire Council"), None);
        assert_eq!(spellings.meant("northshire county council"), Some(0));
        let mut spellings = Spellings::default();
        spellings.add("Northshire County Council", 0);
        assert_eq!(spellings.meant("Northshire Council"), Some(0));
        assert_eq!(spellings.meant("Northshire District Council"), None);
    }
}
