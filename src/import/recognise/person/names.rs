//! Names of people, and what publishers put in their place.

/// Whether the publisher has put something in a person's place.
pub(super) fn is_redacted(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["redact", "withheld", "personal", "confidential", "not disclosed", "anonym"]
        .iter()
        .any(|word| lower.contains(word))
        || text.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '-' | '.' | '#'))
}

/// `Mrs A Smith`, `Smith, John`, `John Smith`: two or three words, none of them that of a company.
pub(super) fn is_person_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    if !(2..=4).contains(&words.len()) || text.len() > 40 {
        return false;
    }
    let titled = ["mr", "mrs", "miss", "ms", "dr", "master"].contains(&words[0].to_lowercase().as_str());
    let letters = words.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'')));
    letters
        && (titled
            || words.len() <= 3
                && FIRST_NAMES.iter().any(|name| words.iter().any(|word| word.eq_ignore_ascii_case(name))))
}

/// The commonest first names of England; a column of people holds many of them, a column of firms few.
const FIRST_NAMES: [&str; 96] = [
    "David",
    "John",
    "Michael",
    "Paul",
    "Andrew",
    "Peter",
    "Stephen",
    "Mark",
    "Richard",
    "James",
    "Robert",
    "Christopher",
    "Ian",
    "Kevin",
    "Anthony",
    "Simon",
    "Brian",
    "Alan",
    "Graham",
    "Philip",
    "Martin",
    "Daniel",
    "Matthew",
    "Thomas",
    "William",
    "Joseph",
    "George",
    "Jack",
    "Oliver",
    "Harry",
    "Charlie",
    "Joshua",
    "Samuel",
    "Adam",
    "Ryan",
    "Luke",
    "Benjamin",
    "Lee",
    "Jamie",
    "Craig",
    "Susan",
    "Julie",
    "Karen",
    "Jacqueline",
    "Deborah",
    "Tracey",
    "Jane",
    "Helen",
    "Diane",
    "Sharon",
    "Linda",
    "Christine",
    "Margaret",
    "Patricia",
    "Barbara",
    "Jean",
    "Mary",
    "Elizabeth",
    "Sarah",
    "Emma",
    "Claire",
    "Nicola",
    "Lisa",
    "Joanne",
    "Michelle",
    "Rachel",
    "Laura",
    "Amy",
    "Rebecca",
    "Gemma",
    "Katie",
    "Charlotte",
    "Emily",
    "Jessica",
    "Chloe",
    "Sophie",
    "Olivia",
    "Amelia",
    "Lucy",
    "Hannah",
    "Bethany",
    "Megan",
    "Anne",
    "Ann",
    "Angela",
    "Alison",
    "Catherine",
    "Carol",
    "Mohammed",
    "Muhammad",
    "Ahmed",
    "Ali",
    "Fatima",
    "Aisha",
    "Priya",
    "Wei",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_firms() {
        assert!(is_person_name("Mrs A Smith") && is_person_name("Smith, John"));
        assert!(!is_person_name("Hays Personnel"));
    }
}
