//! Headings as words, mended where they are misspelt.

/// A heading as words in lower case, mended where it is misspelt.
pub(in crate::import) fn words(heading: &str) -> Vec<String> {
    let cleaned = heading.trim_start_matches("Ã¯»¿").trim_start_matches("ï»¿").trim_start_matches('\u{feff}');
    let mut text = String::with_capacity(cleaned.len() + 8);
    let mut before = ' ';
    let letters: Vec<char> = cleaned.chars().collect();
    for (at, &c) in letters.iter().enumerate() {
        // "NetAmount", "VATAmount"; but "CCGs" is one word.
        let begins_word = before.is_uppercase()
            && letters[at + 1..].iter().take(2).filter(|next| next.is_lowercase()).count() == 2;
        if c.is_uppercase() && (before.is_lowercase() || begins_word) {
            text.push(' ');
        }
        match c {
            '£' | 'œ' | '$' | '€' | '%' | '#' => {
                text.push(' ');
                text.push(if matches!(c, '£' | 'œ' | '$' | '€') { '£' } else { c });
                text.push(' ');
            }
            c if c.is_alphanumeric() => text.extend(c.to_lowercase()),
            // "G/L" and "A/C" are single words.
            '/' if before.is_alphabetic()
                && text.rsplit(' ').next().is_some_and(|word| word.chars().count() == 1) => {}
            '\'' | '’' => {}
            _ => text.push(' '),
        }
        before = c;
    }
    let mut words: Vec<String> = text.split_whitespace().flat_map(parted).map(|word| mended(&word)).collect();
    // A leading ordinal ("8 Amount"), a trailing report suffix ("(T)") or number ("EXPENSE_TYPE_3").
    if words.len() > 1 && words[0].len() <= 2 && words[0].bytes().all(|b| b.is_ascii_digit()) {
        words.remove(0);
    }
    if words.len() > 1
        && words
            .last()
            .is_some_and(|word| word == "t" || word.len() == 1 && word.as_bytes()[0].is_ascii_digit())
    {
        words.pop();
    }
    words
}

/// The words that decide; a misspelt word becomes the one of these that it is nearest to.
const VOCABULARY: &[&str] = &[
    "account",
    "actual",
    "agency",
    "amount",
    "area",
    "authority",
    "awarded",
    "basis",
    "beneficiary",
    "budget",
    "business",
    "capital",
    "category",
    "centre",
    "charity",
    "clearing",
    "client",
    "cohort",
    "commissioner",
    "company",
    "contract",
    "cost",
    "creditor",
    "date",
    "department",
    "departmental",
    "description",
    "directorate",
    "disbursed",
    "district",
    "division",
    "document",
    "entity",
    "evidence",
    "expenditure",
    "expended",
    "expense",
    "expenses",
    "family",
    "financial",
    "fiscal",
    "forecast",
    "funder",
    "funding",
    "gross",
    "invoice",
    "merchant",
    "month",
    "narrative",
    "number",
    "organisation",
    "organisational",
    "outturn",
    "payment",
    "period",
    "postcode",
    "programme",
    "project",
    "provider",
    "purpose",
    "reference",
    "region",
    "registration",
    "revenue",
    "scheme",
    "sector",
    "service",
    "source",
    "spend",
    "stage",
    "supplier",
    "theme",
    "total",
    "transaction",
    "transactions",
    "unit",
    "value",
    "variance",
    "vendor",
    "voucher",
];

/// Short words that run together with those of the vocabulary.
const JOINED: &[&str] = &["code", "id", "label", "name", "net", "no", "paid", "ref", "trans", "type", "vat"];

/// Words that were run together in capitals: ORGANISATIONALUNIT, PAYMENTDATE.
fn parted(word: &str) -> Vec<String> {
    let whole = || vec![word.to_owned()];
    if word.len() < 7 || !word.is_ascii() || VOCABULARY.contains(&word) {
        return whole();
    }
    let known = |part: &str| VOCABULARY.contains(&part) || JOINED.contains(&part);
    for at in 2..word.len() - 1 {
        let (first, rest) = word.split_at(at);
        if !known(first) {
            continue;
        }
        if known(rest) {
            return vec![first.to_owned(), rest.to_owned()];
        }
        for at in 2..rest.len().saturating_sub(1) {
            let (second, third) = rest.split_at(at);
            if known(second) && known(third) {
                return vec![first.to_owned(), second.to_owned(), third.to_owned()];
            }
        }
    }
    whole()
}

fn mended(word: &str) -> String {
    let word = match word {
        "organization" | "organistion" | "org" => "organisation",
        "dept" | "depart" | "dep" => "department",
        "directotate" => "directorate",
        "clas" => "class",
        "gl" => "ledger",
        "nett" => "net",
        "no" | "num" | "nr" | "nos" => "number",
        "ref" => "reference",
        "desc" | "descript" | "descipt" => "description",
        "exp" => "expense",
        "trans" | "transno" => "transaction",
        "incl" | "inc" => "including",
        "excl" | "exc" | "ex" | "excludes" => "excluding",
        // What amounts, payees and dates are called elsewhere.
        "amt" | "betrag" | "montant" | "importe" | "importo" | "bedrag" => "amount",
        "empfänger" | "zahlungsempfänger" | "lieferant" | "bénéficiaire" | "fournisseur" | "proveedor"
        | "beneficiario" | "leverancier" => "supplier",
        "datum" | "buchungsdatum" | "fecha" => "date",
        "program" => "programme",
        "center" => "centre",
        "cap" => "capital",
        "rev" | "cur" => "revenue",
        other => other,
    };
    if word.len() < 5 || VOCABULARY.contains(&word) || !word.is_ascii() {
        return word.to_owned();
    }
    let allowed = if word.len() >= 8 { 2 } else { 1 };
    VOCABULARY
        .iter()
        .filter(|known| known.len() >= 5 && known.len().abs_diff(word.len()) <= allowed)
        // A short word is near to too many: it may only have lost a letter.
        .filter(|known| word.len() > 5 || known.len() == 6)
        // The plural or the past of a known word is not that word misspelt.
        .filter(|known| known.as_bytes()[0] == word.as_bytes()[0])
        .map(|known| (swaps(word.as_bytes(), known.as_bytes()), *known))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map_or_else(|| word.to_owned(), |(_, known)| known.to_owned())
}

/// Letters to add, drop, change, or swap with the next.
fn swaps(left: &[u8], right: &[u8]) -> usize {
    let width = right.len() + 1;
    let mut grid = vec![0_usize; (left.len() + 1) * width];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            grid[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let same = usize::from(left[i - 1] != right[j - 1]);
                let mut best = (grid[(i - 1) * width + j] + 1)
                    .min(grid[i * width + j - 1] + 1)
                    .min(grid[(i - 1) * width + j - 1] + same);
                if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                    best = best.min(grid[(i - 2) * width + j - 2] + 1);
                }
                best
            };
        }
    }
    grid[left.len() * width + right.len()]
}
