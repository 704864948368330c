use crate::dimension::{Dimension, FinancialYear};

use super::dates::month_name;

/// What a heading says its column holds. Several columns of a file may say the same; content decides among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Amount(Measure),
    Date(DateKind),
    Year,
    /// A month or an accounting period.
    Period,
    Dimension(Dimension),
    /// A directorate inside the agency: the service where no column names that.
    Department,
    /// The department of state: the agency where no column names that.
    DepartmentFamily,
    /// What was bought: the description where no column has one.
    ExpenseType,
    Description,
    /// The number of a transaction, an invoice, a document.
    Reference,
    /// Expense or revenue, told by the values.
    Direction,
    /// `Type`, `Expenditure type`: the values say of what.
    SomeType,
    /// The file that a line was read from, as this program writes it.
    Source,
    /// The row it was read from.
    SourceRow,
    /// A name, an address, a birth date, a number of a person.
    Person,
    /// Known, and of no use here: postcodes, codes, company numbers.
    Passed,
    Unknown,
}

/// Which of several amounts side by side this is, the most wanted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    Net,
    Stated,
    Actual,
    Awarded,
    Disbursed,
    Gross,
    Budget,
    Forecast,
    /// The whole invoice, repeated on each of its lines.
    InvoiceTotal,
    /// Never spending: asked for, tax, a difference, a share.
    Never,
}

/// Which of several dates this is, the most wanted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DateKind {
    Payment,
    Plain,
    Transaction,
    Award,
    Posting,
    Invoice,
    Never,
}

/// A heading as words in lower case, mended where it is misspelt.
pub(super) fn words(heading: &str) -> Vec<String> {
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
        "dept" | "depart" => "department",
        "directotate" => "directorate",
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
        "betrag" | "montant" | "importe" | "importo" | "bedrag" => "amount",
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

/// What a heading means, and how surely: 0 to 100.
pub(super) fn meaning(heading: &str) -> (Meaning, u8) {
    let words = words(heading);
    let key = words.join(" ");
    if let Some(found) = exact(&key) {
        return found;
    }
    let has = |word: &str| words.iter().any(|found| found == word);
    let any = |wanted: &[&str]| wanted.iter().any(|word| has(word));
    if words.is_empty() {
        return (Meaning::Unknown, 0);
    }
    if let Some(found) = person(&has, &any) {
        return found;
    }
    if any(&[
        "postcode",
        "postal",
        "uri",
        "url",
        "web",
        "website",
        "email",
        "latitude",
        "longitude",
        "sme",
        "vcse",
        "updated",
        "modified",
        "homepage",
        "telephone",
        "phone",
        "fax",
        "%",
        "percentage",
        "percent",
    ]) || has("currency") && !any(&["amount", "value"])
        || has("post") && has("code")
        || has("vat") && any(&["registration", "reg", "number", "regno"])
        || any(&["company", "charity"]) && any(&["number", "registration", "registered", "reg"])
        || has("duration")
    {
        return (Meaning::Passed, 80);
    }
    // "Paid to", "Who we paid".
    let names_payee = has("to") || any(&["who", "whom"]) && !has("by");
    if (has("paid") || has("payable")) && names_payee && !any(&["date", "amount"]) {
        return (Meaning::Dimension(Dimension::Supplier), 80);
    }
    if any(&["date", "dated"]) || has("paid") && has("on") {
        return (Meaning::Date(date_kind(&any)), 85);
    }
    if (has("vat") || any(&["amount", "net", "gross", "value", "total", "spend", "£", "gbp", "sterling"]))
        && let Some(found) = measure(&words, &has, &any)
    {
        return found;
    }
    let code = any(&["code", "id", "identifier", "number", "key", "uri", "internal", "reference", "ids"]);
    if any(&[
        "supplier",
        "vendor",
        "beneficiary",
        "payee",
        "creditor",
        "recipient",
        "contractor",
        "recipients",
        "suppliers",
    ]) {
        return if code
            || any(&[
                "type",
                "category",
                "address",
                "city",
                "county",
                "country",
                "description",
                "class",
                "status",
                "street",
                "geographic",
            ]) {
            (Meaning::Passed, 80)
        } else if has("location") {
            (Meaning::Dimension(Dimension::Area), 40)
        } else if has("site") && !has("name") {
            (Meaning::Passed, 50)
        } else {
            (Meaning::Dimension(Dimension::Supplier), if has("text") { 80 } else { 90 })
        };
    }
    if has("merchant") {
        return if any(&["category", "code", "group", "type"]) {
            (Meaning::Passed, 70)
        } else {
            (Meaning::Dimension(Dimension::Supplier), 80)
        };
    }
    if any(&["ringfence", "ringfenced"]) || has("ring") && any(&["fence", "fenced"]) {
        return (Meaning::Dimension(Dimension::Ringfence), 90);
    }
    if has("capital") && has("revenue") {
        return (Meaning::Dimension(Dimension::Type), 95);
    }
    if has("financial") && has("year")
        || has("fiscal") && has("year")
        || any(&["fy", "year"]) && words.len() <= 2
    {
        return (Meaning::Year, 85);
    }
    if any(&["period", "month"]) && !any(&["amount", "budget"]) && words.len() <= 3 {
        return (Meaning::Period, 75);
    }
    if any(&["funder", "funding"]) && has("organisation") {
        return if code {
            (Meaning::Passed, 70)
        } else if has("department") {
            (Meaning::Department, 80)
        } else {
            (Meaning::Dimension(Dimension::Agency), 75)
        };
    }
    if any(&["funder", "funders", "funding"])
        || has("fund") && !has("manager")
        || has("grant") && any(&["name", "stream", "source"])
    {
        return (Meaning::Dimension(Dimension::Funder), if code { 45 } else { 85 });
    }
    if any(&[
        "transaction",
        "transactions",
        "document",
        "invoice",
        "voucher",
        "check",
        "cheque",
        "requisition",
        "order",
        "po",
    ]) && (code || words.len() == 1 || any(&["doc"]))
        && !any(&["type", "description", "category", "purpose", "narrative"])
    {
        return (Meaning::Reference, 75);
    }
    if has("scheme") {
        return if code {
            (Meaning::Passed, 60)
        } else if has("description") {
            (Meaning::Description, 85)
        } else if has("type") && !any(&["sub", "specify", "other"]) {
            (Meaning::Dimension(Dimension::Theme), 85)
        } else if has("name") {
            (Meaning::Description, 80)
        } else {
            (Meaning::Passed, 40)
        };
    }
    if has("what") && has("for") {
        return (Meaning::Description, 75);
    }
    if has("specify") || any(&["outputs", "units"]) {
        return (Meaning::Passed, 60);
    }
    if any(&["description", "narrative", "purpose", "details", "detail", "descriptions", "discription"]) {
        if has("centre") {
            return (Meaning::Dimension(Dimension::Service), 62);
        }
        if any(&[
            "expense",
            "expenses",
            "expenditure",
            "account",
            "ledger",
            "object",
            "subjective",
            "cost",
            "category",
            "group",
        ]) {
            return (Meaning::ExpenseType, 70);
        }
        if any(&["unit", "area", "directorate", "service", "division", "segment"]) {
            return (Meaning::Dimension(Dimension::Service), 60);
        }
        return (Meaning::Description, if has("purpose") { 88 } else { 85 });
    }
    if has("cofog") || has("function") || has("theme") || has("themes") || has("outcome") && has("area") {
        let sure = if has("function") || has("theme") {
            88
        } else if key.ends_with('0') || has("division") {
            80
        } else {
            60
        };
        return (Meaning::Dimension(Dimension::Theme), if code { 30 } else { sure });
    }
    if has("subfunction") {
        return (Meaning::Dimension(Dimension::Service), 75);
    }
    if any(&["procurement", "proclass", "thomson", "cpv", "unspsc", "classification", "ogc"]) {
        return (Meaning::Passed, 60);
    }
    if any(&["department", "departmental"]) && any(&["family", "familly"]) || key == "portfolio" {
        return (Meaning::DepartmentFamily, 90);
    }
    if (any(&[
        "entity",
        "body",
        "authority",
        "agency",
        "council",
        "ccg",
        "trust",
        "icb",
        "commissioner",
        "ou",
    ]) || has("organisation"))
        && !any(&["type", "class", "level", "group", "nhs", "la", "joint", "spend", "description"])
    {
        let name = any(&["name", "label", "entity", "commissioner", "agency", "ccg", "icb"])
            || has("authority") && !code;
        return if code {
            (Meaning::Passed, 60)
        } else {
            (Meaning::Dimension(Dimension::Agency), if name { 90 } else { 80 })
        };
    }
    if any(&["directorate", "department", "departmental", "organisational", "client", "dept", "faculty"]) {
        return if code { (Meaning::Passed, 50) } else { (Meaning::Department, 80) };
    }
    let expense = any(&["expense", "expenses", "expenditure", "spend"]);
    if any(&[
        "ward",
        "district",
        "locality",
        "region",
        "geography",
        "neighbourhood",
        "constituency",
        "borough",
        "nuts",
    ]) {
        return if code { (Meaning::Passed, 50) } else { (Meaning::Dimension(Dimension::Area), 85) };
    }
    if has("country") || has("county") {
        return (Meaning::Dimension(Dimension::Area), 30);
    }
    if has("service")
        || has("services")
        || expense && any(&["area", "areas", "analysis"])
        || any(&["business", "operating"]) && any(&["unit", "area"])
        || any(&["sercop", "strategic", "bvacop"])
        || has("division")
    {
        let sure = if has("division") {
            70
        } else if any(&["area", "label"]) {
            90
        } else {
            85
        };
        if any(&["sercop"]) && expense && any(&["type", "category"]) {
            return (Meaning::ExpenseType, 60);
        }
        return if code || has("uri") {
            (Meaning::Passed, 60)
        } else {
            (Meaning::Dimension(Dimension::Service), sure)
        };
    }
    if any(&["cohort", "beneficiaries"]) || has("client") && has("group") || has("age") && has("group") {
        return (Meaning::Dimension(Dimension::Cohort), 80);
    }
    if has("provider") || has("providers") {
        return if code || has("type") {
            (Meaning::Passed, 60)
        } else {
            (Meaning::Dimension(Dimension::Provider), 85)
        };
    }
    if code || has("postcode") {
        return (Meaning::Passed, 40);
    }
    if expense && has("type") || key == "type" || key == "category" || has("type") && words.len() <= 2 {
        return (Meaning::SomeType, 70);
    }
    if expense && any(&["category", "subjective", "group", "head", "reason", "lookup"])
        || has("account") && any(&["name", "description", "category"])
        || has("subjective")
        || has("cost") && any(&["type", "category"])
        || key == "ledger account"
    {
        return (Meaning::ExpenseType, 80);
    }
    if has("cost") && any(&["centre", "element"]) || any(&["project", "contract", "centre"]) {
        return (Meaning::Passed, 50);
    }
    if any(&["programme", "program"]) {
        return (Meaning::Dimension(Dimension::Service), 40);
    }
    if any(&[
        "budget",
        "actual",
        "actuals",
        "outturn",
        "forecast",
        "cost",
        "costs",
        "payment",
        "paid",
        "expenditure",
        "variance",
        "commitment",
        "expended",
    ]) || any(LEFT_OVER)
    {
        return plain_measure(&any);
    }
    (Meaning::Unknown, 0)
}

fn exact(key: &str) -> Option<(Meaning, u8)> {
    let dimension = |dimension| Some((Meaning::Dimension(dimension), 100));
    match key {
        "amount" => Some((Meaning::Amount(Measure::Stated), 100)),
        "spend" | "value" => Some((Meaning::Amount(Measure::Stated), 80)),
        "total" | "total £" | "grand total" => Some((Meaning::Amount(Measure::Stated), 70)),
        "description" => Some((Meaning::Description, 95)),
        "date" => Some((Meaning::Date(DateKind::Plain), 95)),
        "source" => Some((Meaning::Source, 60)),
        "row" => Some((Meaning::SourceRow, 60)),
        "funder" | "funders" | "funding source" | "source of funding" => dimension(Dimension::Funder),
        "agency" | "agencies" => dimension(Dimension::Agency),
        "pool" => dimension(Dimension::Pool),
        "theme" | "themes" | "outcome theme" => dimension(Dimension::Theme),
        "service" | "services" => dimension(Dimension::Service),
        "provider" => dimension(Dimension::Provider),
        "cohort" => dimension(Dimension::Cohort),
        "area" | "areas" => dimension(Dimension::Area),
        "supplier" | "suppliers" => dimension(Dimension::Supplier),
        "year" | "financial year" | "fiscal year" => Some((Meaning::Year, 100)),
        "stage" => dimension(Dimension::Stage),
        "spend type" | "capital revenue" => dimension(Dimension::Type),
        "ringfence" | "ring fence" | "ring fenced" => dimension(Dimension::Ringfence),
        "evidence" => dimension(Dimension::Evidence),
        "sector" => dimension(Dimension::Sector),
        "basis" => dimension(Dimension::Basis),
        "commitment" => dimension(Dimension::Commitment),
        "area of spend" => Some((Meaning::Dimension(Dimension::Service), 95)),
        "account type"
        | "direction"
        | "expense revenue"
        | "income expenditure"
        | "expenditure income"
        | "expenditure or income" => Some((Meaning::Direction, 90)),
        "number" | "identifier" | "reference" | "their reference" | "internal reference" => {
            Some((Meaning::Reference, 50))
        }
        "company name" | "trading name" | "name" => Some((Meaning::Dimension(Dimension::Supplier), 40)),
        "title" => Some((Meaning::Description, 60)),
        "notes" | "comments" | "status" | "certified" | "class" | "subclass" | "detailed class" => {
            Some((Meaning::Passed, 60))
        }
        _ => None,
    }
}

fn person(has: &impl Fn(&str) -> bool, any: &impl Fn(&[&str]) -> bool) -> Option<(Meaning, u8)> {
    let named = any(&[
        "surname",
        "forename",
        "forenames",
        "firstname",
        "lastname",
        "nino",
        "dob",
        "uprn",
        "nhsno",
        "patient",
        "claimant",
    ]) || has("birth")
        || has("born")
        || has("nhs") && has("number")
        || has("national") && has("insurance")
        || any(&["first", "last", "given"]) && has("name")
        || has("service") && has("user") && any(&["name", "id", "number"])
        || any(&["child", "pupil", "tenant", "resident"]) && has("name");
    named.then_some((Meaning::Person, 90))
}

fn date_kind(any: &impl Fn(&[&str]) -> bool) -> DateKind {
    if any(&[
        "start",
        "end",
        "planned",
        "modified",
        "updated",
        "released",
        "from",
        "to",
        "due",
        "contract",
        "order",
        "publication",
        "published",
    ]) {
        DateKind::Never
    } else if any(&["payment", "paid", "pay", "clearing", "settled", "cleared"]) {
        DateKind::Payment
    } else if any(&["transaction"]) {
        DateKind::Transaction
    } else if any(&["award", "awarded"]) {
        DateKind::Award
    } else if any(&["posting", "posted", "effective", "ledger", "accounting", "input", "period"]) {
        DateKind::Posting
    } else if any(&["invoice", "document"]) {
        DateKind::Invoice
    } else {
        DateKind::Plain
    }
}

/// Amounts that say what is not spent yet, or was before.
const LEFT_OVER: &[&str] =
    &["balance", "remaining", "unspent", "encumbered", "encumbrance", "encumbrances", "cumulative"];

fn measure(
    words: &[String],
    has: &impl Fn(&str) -> bool,
    any: &impl Fn(&[&str]) -> bool,
) -> Option<(Meaning, u8)> {
    let amount = |measure, sure| Some((Meaning::Amount(measure), sure));
    if any(&[
        "number",
        "type",
        "code",
        "category",
        "name",
        "description",
        "area",
        "reference",
        "centre",
        "supplier",
        "id",
        "purpose",
        "class",
        "classification",
        "band",
        "analysis",
        "month",
    ]) {
        return None;
    }
    if any(&["applied", "requested", "bid"]) || has("variance") || has("overall") || any(LEFT_OVER) {
        return amount(Measure::Never, 80);
    }
    if has("vat") {
        return if has("irrecoverable") || has("rate") || has("recoverable") {
            amount(Measure::Never, 80)
        } else if any(&["excluding", "net", "without", "exclusive", "less", "before"]) {
            amount(Measure::Net, 90)
        } else if any(&["including", "gross", "with", "inclusive", "plus"]) {
            amount(Measure::Gross, 90)
        } else {
            amount(Measure::Never, 80)
        };
    }
    if any(&["awarded"]) {
        return amount(Measure::Awarded, 85);
    }
    if any(&["disbursed"]) {
        return amount(Measure::Disbursed, 85);
    }
    if any(&["budget", "budgeted"]) {
        return amount(Measure::Budget, 80);
    }
    if any(&["forecast"]) {
        return amount(Measure::Forecast, 80);
    }
    if any(&["net"]) {
        return amount(Measure::Net, 90);
    }
    if any(&["gross"]) {
        return amount(Measure::Gross, 85);
    }
    // What a whole project costs is not what was given to it.
    if has("total") && has("invoice") || has("project") && any(&["cost", "costs", "value"]) {
        return amount(Measure::InvoiceTotal, 60);
    }
    if any(&["actual", "outturn"]) {
        return amount(Measure::Actual, 80);
    }
    if has("income") {
        return amount(Measure::Never, 50);
    }
    let sure = if has("amount") {
        90
    } else if any(&["value", "£", "gbp", "sterling"]) {
        80
    } else {
        65
    };
    (words.len() <= 6).then_some((Meaning::Amount(Measure::Stated), sure))
}

fn plain_measure(any: &impl Fn(&[&str]) -> bool) -> (Meaning, u8) {
    if any(&["variance"]) || any(LEFT_OVER) {
        (Meaning::Amount(Measure::Never), 60)
    } else if any(&["budget", "commitment"]) {
        (Meaning::Amount(Measure::Budget), 60)
    } else if any(&["forecast"]) {
        (Meaning::Amount(Measure::Forecast), 60)
    } else if any(&["actual", "actuals", "outturn", "expended"]) {
        (Meaning::Amount(Measure::Actual), 60)
    } else {
        (Meaning::Amount(Measure::Stated), 45)
    }
}

/// A financial year that a heading names: `2023-24`, `Expenditure 23/24 (£)`, `2013/14 outturn`.
pub(super) fn year_in(heading: &str) -> Option<FinancialYear> {
    let text = heading.trim();
    if text.len() > 80 {
        return None;
    }
    if let Ok(year) = text.parse::<FinancialYear>() {
        return Some(year);
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '\u{2013}' | '_');
    let lower = text.replace(" / ", "/").replace(" - ", "-").replace(" to ", "-");
    lower
        .split(|c: char| !is_part(c))
        .map(|piece| piece.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|piece| piece.len() >= 5 && piece.contains(['/', '-', '\u{2013}', '_']))
        .find_map(|piece| piece.parse::<FinancialYear>().ok())
}

/// A month that a heading names, with its calendar year where that is said: `Apr`, `April 2024`, `Apr-24`.
pub(super) fn month_in(heading: &str) -> Option<(u8, Option<u16>)> {
    let text = heading.trim();
    if let Some(month) = month_name(text) {
        return Some((month, None));
    }
    let date = super::dates::read_date(text, super::dates::DateOrder::DayFirst)?;
    (date.day <= 1).then_some((date.month, Some(date.year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heading: &str, right: Meaning) {
        assert_eq!(meaning(heading).0, right, "{heading:?} as {:?}", words(heading));
    }

    #[test]
    fn headings_mean_what_publishers_mean() {
        use Dimension::{Agency, Area, Funder, Service, Supplier, Theme, Type};
        for heading in [
            "Supplier",
            "Suppklier",
            "Supplicer",
            "Vendor Name",
            "BeneficiaryName",
            "Supplier(T)",
            "6 Supplier",
            "Recipient Org:Name",
            "Benificiary Name",
            "Approved Supplier (Beneficiary) Name",
            "SUPPLIER_",
        ] {
            check(heading, Meaning::Dimension(Supplier));
        }
        for heading in [
            "Amount",
            "8 Amount",
            " Amount (£) ",
            "Amount (œ)",
            "Spend",
            "Payment Value",
            "AP Amount",
            "Total £",
        ] {
            check(heading, Meaning::Amount(Measure::Stated));
        }
        for heading in [
            "Net Amount",
            "NetAmount",
            "Total (excludes VAT)",
            "Invoice Line Value (net of VAT)",
            "Nett",
            "Amount Excluding VAT",
        ] {
            check(heading, Meaning::Amount(Measure::Net));
        }
        for heading in ["Gross", "Amount Including VAT", "Inc VAT (where applicable)"] {
            check(heading, Meaning::Amount(Measure::Gross));
        }
        for heading in [
            "Entity",
            "Enity",
            "Body Name",
            "OrganisationLabel",
            "Organistion Name",
            "Authority Name",
            "Department/Agency",
            "2 Entity",
        ] {
            check(heading, Meaning::Dimension(Agency));
        }
        for heading in [
            "Expense Area",
            "Exepense Area",
            "Service Area",
            "Service label",
            "EXPENSE_AREA_3",
            "Business Unit Description",
        ] {
            check(heading, Meaning::Dimension(Service));
        }
        for heading in ["Payment Date", "Date paid", "Invoice Payment Date", "Clearing Date", "DatePaid"] {
            check(heading, Meaning::Date(DateKind::Payment));
        }
        for heading in [
            "VAT Registration Number",
            "Vat Registration Num",
            "Supplier Postcode",
            "Supplier ID",
            "BeneficiaryOtherID",
            "Post Code",
        ] {
            check(heading, Meaning::Passed);
        }
        check("Departmental Family", Meaning::DepartmentFamily);
        check("Directotate", Meaning::Department);
        check("Capital or revenue", Meaning::Dimension(Type));
        check("CAP or CUR", Meaning::Dimension(Type));
        check("NUTS Region", Meaning::Dimension(Area));
        check("Source of Funding", Meaning::Dimension(Funder));
        check("HMT Function", Meaning::Dimension(Theme));
        check("Transaction\nNumber", Meaning::Reference);
        check("SAP Document Number", Meaning::Reference);
        check("VAT", Meaning::Amount(Measure::Never));
        check("Amount Applied For", Meaning::Amount(Measure::Never));
        check("IrrecoverableVATAmount", Meaning::Amount(Measure::Never));
        check("Date of birth", Meaning::Person);
    }

    #[test]
    fn years_and_months_are_found_in_headings() {
        assert_eq!(year_in("Expenditure 23/24 (£)").map(FinancialYear::start), Some(2023));
        assert_eq!(year_in("2013-14").map(FinancialYear::start), Some(2013));
        assert_eq!(year_in("2012 / 13").map(FinancialYear::start), Some(2012));
        assert_eq!(year_in("Amount"), None);
        assert_eq!(month_in("Apr-24"), Some((4, Some(2024))));
        assert_eq!(month_in("September"), Some((9, None)));
    }
}
