//! What a heading means by its words: rules from the narrow to the wide, each with how sure it is. It knows
//! headings only; what stands below them is held against it elsewhere.
use super::kinds::Meaning;
use super::known::{exact, person};
use super::measure::{LEFT_OVER, measure, plain_measure};
use super::period::date_kind;
use super::words::words;
use crate::dimension::Dimension;

/// What a heading means, and how surely: 0 to 100.
pub(in crate::import) fn meaning(heading: &str) -> (Meaning, u8) {
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

#[cfg(test)]
mod tests {
    use super::super::kinds::{DateKind, Measure};
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
}
