//! `shadowpool appraise` and `claims`, with their exact output and status.

use std::fs;

use serde_json::{Value, json};
use shadowpool::cli::Status;
use shadowpool::place::{read_place, write_place};

use crate::support::run_command as run;

/// A programme of West Cheshire: the unit cost and its parts are published, all else is illustrative.
const SAFER: &str = include_str!("../files/safer-communities.ron");

fn saved(folder: &tempfile::TempDir, text: &str) -> String {
    let path = folder.path().join("place.ron");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn in_json(arguments: &[&str]) -> (Status, Value) {
    let (status, out, _) = run(&[arguments, &["--format", "json"]].concat());
    (status, serde_json::from_str(&out).unwrap())
}

#[test]
fn appraisals_are_listed_and_a_wrong_name_leads_to_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, SAFER);
    assert_eq!(run(&["appraise", &path]), (Status::Fine, "Safer Communities\n".to_owned(), String::new()));
    let (status, listed) = in_json(&["appraise", &path]);
    assert_eq!((status, listed), (Status::Fine, json!({ "appraisals": ["Safer Communities"] })));
    let (status, _, errors) = run(&["appraise", &path, "--appraisal", "Safer Comunities"]);
    assert_eq!(status, Status::CannotRun);
    assert_eq!(
        errors,
        "shadowpool: there is no appraisal \"Safer Comunities\" in West Cheshire; did you mean \"Safer Communities\"?\n"
    );
}

#[test]
fn a_programme_is_told_as_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, SAFER);
    let (status, out, errors) = run(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert_eq!(status, Status::Fine, "{errors}");
    let right = "\
Safer Communities: 1,160 victims of domestic abuse, 2013/14 to 2017/18, 2008/09 prices, discounted at 3.5%
MODEL, not an offer; 100% of the cost and 100% of the effect illustrative

Partner                                           Pays (£)     Gains (£)  Of which cash (£)       Net (£)   Bears (£)  Net, shared (£)  In cash (£)  No worse off  Subsidises nobody
----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
NHS West Cheshire Clinical Commissioning Group   47,844.96    878,874.03         263,662.21    831,029.07  310,520.96       568,353.07   \u{2212}46,858.75  yes           yes
Ministry of Justice                                   0.00    436,059.61          87,211.92    436,059.61  154,067.19       281,992.42   \u{2212}66,855.27  yes           yes
Cheshire Constabulary                           191,379.83    311,471.15          77,867.78    120,091.32  110,047.99       201,423.16   \u{2212}32,180.21  yes           yes
Cheshire West and Chester Council               415,759.64    227,411.46         152,958.62   \u{2212}188,348.18   80,348.29       147,063.17    72,610.33  yes           yes
----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------
All                                             654,984.43  1,853,816.25         581,700.53  1,198,831.82  654,984.43     1,198,831.82   \u{2212}73,283.90

Return 2.83 for each £1, in cash 0.89; payback in 2015/16 (discounted), in cash not within these years
Benefits may fall by 65% before it loses. As it falls, Cheshire West and Chester Council is £188,348.18 worse off.
No split leaves everyone no worse off in cash: £0.89 comes back for each £1.
";
    assert_eq!(squeezed(&out), squeezed(right));
}

/// With one space for any, since how wide columns are is told elsewhere.
fn squeezed(text: &str) -> Vec<String> {
    let line = |line: &str| line.trim_matches('-').split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(line).collect()
}

#[test]
fn a_programme_is_told_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, SAFER);
    let (status, found) = in_json(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert_eq!(status, Status::Fine);
    let check = |field: &str, right: Value| assert_eq!(found.pointer(field), Some(&right), "{field}");
    check("/scenario", json!("Safer Communities, shadow pool"));
    check("/discounted", json!(true));
    check("/agreed", json!(false));
    check("/factors/0", json!("1"));
    check("/factors/1", json!("0.966183574879"));
    check("/share", json!("cost-follows-benefit"));
    check("/cost", json!({ "amount": "676500.00", "pv": "654984.43" }));
    check(
        "/benefit/fiscal",
        json!({ "amount": "2021685.12", "pv": "1853816.25", "cashable": "634375.33", "cashable_pv": "581700.53" }),
    );
    check("/benefit/social/pv", json!("0.00"));
    check("/net", json!({ "amount": "1345185.12", "pv": "1198831.82" }));
    check("/return", json!("2.8303"));
    check("/cashable_return", json!("0.8881"));
    check("/break_even", json!("0.6467"));
    check("/payback", json!({ "year": "2015/16", "cash": null }));
    check(
        "/by_year/0",
        json!({
            "year": "2013/14", "cost": "247500.00", "benefit": "0.00", "net": "-247500.00",
            "cumulative_pv": "-247500.00",
        }),
    );
    let cumulative: Vec<&Value> =
        found["by_year"].as_array().unwrap().iter().map(|year| &year["cumulative_pv"]).collect();
    assert_eq!(cumulative, ["-247500.00", "-122549.29", "319139.42", "815314.69", "1198831.82"]);
    check(
        "/outcomes/0",
        json!({
            "name": "Incidents avoided", "unit": "incident", "effect": "371.2", "net_impact": "0.2",
            "unit_value": "2470.00", "benefit": ["0.00", "343824.00", "687648.00", "550118.40", "440094.72"],
        }),
    );
    check("/partners/0/payment", json!("-262676.00"));
    check("/partners/0/no_worse_off_in_cash", json!(false));
    check(
        "/schedule/0/bears",
        json!({
            "NHS West Cheshire Clinical Commissioning Group": "117337.05", "Ministry of Justice": "58217.61",
            "Cheshire Constabulary": "41584.01", "Cheshire West and Chester Council": "30361.33",
        }),
    );
    check(
        "/schedule/2/bears",
        json!({
            "NHS West Cheshire Clinical Commissioning Group": "101692.11", "Ministry of Justice": "50455.26",
            "Cheshire Constabulary": "36039.47", "Cheshire West and Chester Council": "26313.16",
        }),
    );
    check("/evidence", json!({ "cost_illustrative": "1", "benefit_illustrative": "1" }));
    check(
        "/warnings/1",
        json!("cash-short: no split leaves everyone no worse off in cash: £0.89 comes back for each £1"),
    );
}

#[test]
fn another_rule_is_tried_and_the_file_keeps_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, SAFER);
    let name = ["appraise", &path, "--appraisal", "Safer Communities"];
    let (_, found) = in_json(&[&name[..], &["--share", "equal-net"]].concat());
    let ends: Vec<(&Value, &Value)> = found["partners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|partner| (&partner["agency"], &partner["shared_net_pv"]))
        .collect();
    let right = [
        ("NHS West Cheshire Clinical Commissioning Group", "299707.95"),
        ("Ministry of Justice", "299707.95"),
        ("Cheshire Constabulary", "299707.96"),
        ("Cheshire West and Chester Council", "299707.96"),
    ];
    let right: Vec<(Value, Value)> = right.map(|(name, end)| (json!(name), json!(end))).to_vec();
    assert_eq!(ends, right.iter().map(|(name, end)| (name, end)).collect::<Vec<_>>());
    let (_, own) = in_json(&name);
    assert_eq!(own["share"], "cost-follows-benefit");
}

#[test]
fn every_cell_is_a_row_of_csv_with_its_stamp_and_plain_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, &SAFER.replace("\"193.00\"", "\"-193.00\""));
    let (_, out, _) = run(&["appraise", &path, "--appraisal", "Safer Communities", "--format", "csv"]);
    let mut lines = out.lines();
    assert_eq!(
        lines.next(),
        Some(
            "side,partner,what,kind,year,amount,present_value,cashable,cashable_present_value,evidence,source,model"
        )
    );
    let rows: Vec<&str> = lines.collect();
    assert_eq!(rows.len(), 5 * (4 + 5), "a row for each cost and each gain in each year");
    assert!(rows.iter().all(|row| row.ends_with(",\"MODEL, not an offer\"")), "{out}");
    assert_eq!(
        rows[0],
        "cost,Cheshire West and Chester Council,Case commissioning teams,Revenue,2013/14,132000.00,132000.00,0.00,0.00,\
         Illustrative,illustration,\"MODEL, not an offer\""
    );
    let loss = rows.iter().find(|row| row.contains("children's services,Fiscal,2015/16")).unwrap();
    assert!(loss.contains(",-53731.20,-50158.65,-32238.72,-30095.19,"), "{loss}");
}

#[test]
fn once_all_is_agreed_nothing_is_a_model() {
    let folder = tempfile::tempdir().unwrap();
    let agreed = SAFER
        .replace("correction: \"10%\", evidence", "correction: \"10%\", commitment: Agreed, evidence")
        .replace(
            "sharing: CostFollowsBenefit,",
            "sharing: CostFollowsBenefit, agreement: (from: \"1 April 2013\"),",
        );
    let path = saved(&folder, &agreed);
    let (_, found) = in_json(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert_eq!(found["agreed"], true);
    let (_, out, _) = run(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert!(!out.contains("MODEL"), "{out}");
    assert!(out.contains("\n100% of the cost and 100% of the effect illustrative\n"), "{out}");
}

#[test]
fn without_a_baseline_costs_and_benefits_stand_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let today = SAFER.find("      today:").unwrap();
    let end = today + SAFER[today..].find('\n').unwrap() + 1;
    let path = saved(&folder, &format!("{}{}", &SAFER[..today], &SAFER[end..]));
    let (status, found) = in_json(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert_eq!(status, Status::Fine);
    for field in ["/net", "/return", "/cashable_return", "/break_even", "/payback/year", "/partners/0/net_pv"]
    {
        assert_eq!(found.pointer(field), Some(&Value::Null), "{field}");
    }
    assert_eq!(found["cost"]["pv"], "654984.43");
    assert_eq!(found["benefit"]["fiscal"]["pv"], "1853816.25");
    let (_, out, errors) = run(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert!(!out.contains("Return 2.83"), "{out}");
    assert!(errors.contains("no-baseline: It does not say what would be done without it"), "{errors}");
}

#[test]
fn a_place_with_an_appraisal_comes_back_from_its_text() {
    let place = read_place(SAFER).unwrap();
    let written = write_place(&place);
    assert!(written.starts_with("(\n  format: 2,"), "{written}");
    let again = read_place(&written).unwrap();
    assert_eq!(write_place(&again), written);
    assert_eq!(again.appraisals, place.appraisals);
}

/// The samples with claims that were published of them.
const CLAIMED: [&str; 4] =
    ["greater-manchester.ron", "west-cheshire.ron", "greater-essex.ron", "tri-borough.ron"];

fn sample_path(file: &str) -> String {
    format!("{}/sample-data/{file}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_sample_of_an_appraisal_closes_as_it_was_worked_out_by_another_program() {
    let path = sample_path("west-cheshire.ron");
    let (status, out, _) = run(&["appraise", &path]);
    assert_eq!((status, out.as_str()), (Status::Fine, "Safer Communities\n"));
    let (status, out, errors) = run(&["appraise", &path, "--appraisal", "Safer Communities"]);
    assert_eq!(status, Status::Fine, "{errors}");
    let all = "All 654,984.43 1,853,816.25 581,700.53 1,198,831.82 654,984.43 1,198,831.82 \u{2212}73,283.90";
    assert!(squeezed(&out).iter().any(|line| line == all), "{out}");
}

fn claims_saved(folder: &tempfile::TempDir, claims: &[&str]) -> Vec<String> {
    let write = |(index, claims): (usize, &&str)| {
        let path = folder.path().join(format!("{index}.ron"));
        let text = format!("(format: 2, name: \"Place {index}\", claims: [{claims}], view: (), lines: [])");
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    claims.iter().enumerate().map(write).collect()
}

#[test]
fn claims_are_listed_and_not_added_where_their_bases_differ() {
    let paths = CLAIMED.map(sample_path);
    let mut arguments = vec!["claims"];
    arguments.extend(paths.iter().map(String::as_str));
    arguments.push("--add");
    let (status, out, errors) = run(&arguments);
    assert_eq!(status, Status::Fine);
    let lines = squeezed(&out);
    assert_eq!(lines[0], "Of Claim From (£) To (£) Measure Net Cash Years Source");
    assert_eq!(
        lines[2],
        "Greater Manchester Net savings 270,000,000.00 270,000,000.00 Saving net not stated 5 Public Finance, 13 March 2013"
    );
    assert_eq!(
        lines[3],
        "West Cheshire Savings 56,000,000.00 56,000,000.00 Saving ? not stated 5 Public Finance, 13 March 2013"
    );
    assert_eq!(
        lines[8],
        "These are not added: they are of 5 years, of 6 years and of one year; gross, net and not stated."
    );
    assert_eq!(lines[9], "West Cheshire is claimed 3 times; choose one of them.");
    let conflict = "claim-conflict: West Cheshire: £56,000,000.00 (Public Finance, 13 March 2013) and £106,000,000.00 \
                    (CLES Bulletin 100) are claims of one thing that differ";
    assert!(errors.contains(conflict), "{errors}");
    // Gross and net of one programme are two figures, and no contradiction.
    assert!(!errors.contains("£106,000,000.00 (CLES Bulletin 100) and £51,000,000.00"), "{errors}");
}

#[test]
fn claims_on_one_basis_are_added_end_by_end() {
    let folder = tempfile::tempdir().unwrap();
    let claim = |of: &str, from: &str, to: &str, years: &str| {
        format!(
            "(name: \"Net benefit\", of: \"{of}\", from: \"{from}\", to: \"{to}\", measure: Benefit, net: Net, years: {years})"
        )
    };
    let [one, other] = [claim("One", "9.4bn", "20.6bn", "5"), claim("Two", "1", "2", "5")];
    let paths = claims_saved(&folder, &[&one, &other]);
    let (status, found) = in_json(&["claims", &paths[0], &paths[1], "--add"]);
    assert_eq!(status, Status::Fine);
    assert_eq!(found["added"], json!({ "from": "9400000001.00", "to": "20600000002.00" }));
    // A yearly figure is not multiplied into five years.
    let annual = claim("One", "4.2bn", "7.9bn", "Annual");
    let paths = claims_saved(&folder, &[&one, &annual]);
    let (_, found) = in_json(&["claims", &paths[0], &paths[1], "--add"]);
    assert_eq!(found["added"], Value::Null);
    assert!(found["refused"].as_str().unwrap().contains("of 5 years and of one year"), "{found}");
}

#[test]
fn the_parts_of_a_claim_say_how_much_of_it_is_cash() {
    let folder = tempfile::tempdir().unwrap();
    let later = "(name: \"Benefits\", of: \"Greater Essex\", from: \"388000000\", to: \"388000000\", measure: Benefit, \
                 net: Net, cash: Both, years: 6, parts: [(name: \"Cashable\", amount: \"118000000\", cash: Cashable)])";
    let paths = [sample_path(CLAIMED[2]), claims_saved(&folder, &[later]).remove(0)];
    let (status, found) = in_json(&["claims", &paths[0], &paths[1]]);
    assert_eq!(status, Status::Fine);
    assert_eq!(found["claims"][0]["cash_share"], "0.306763");
    assert_eq!(found["claims"][0]["not_itemised"], "0.00");
    assert_eq!(found["claims"][1]["not_itemised"], "270000000.00");
    let warnings: Vec<&str> =
        found["warnings"].as_array().unwrap().iter().map(|warning| warning.as_str().unwrap()).collect();
    assert_eq!(warnings.len(), 2);
    assert!(
        warnings[0].starts_with("parts-differ: Greater Essex, Benefits: its parts come to £118,000,000.00")
    );
    assert!(warnings[1].starts_with("claim-conflict: Greater Essex: £414,000,000.00"));
}

/// Two counts of Greater Essex, of which nobody has published what lies between them.
#[test]
fn a_bridge_has_what_is_not_explained_as_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let text = "(format: 2, name: \"Essex\", control_totals: [(name: \"First\", amount: \"10400000000.00\"), \
                (name: \"Second\", amount: \"13000000000.00\")], bridges: [(from: \"First\", to: \"Second\", items: [])], \
                view: (), lines: [])";
    let path = saved(&folder, text);
    let (status, found) = in_json(&["claims", &path]);
    assert_eq!(status, Status::Fine);
    assert_eq!(found["bridges"][0]["not_explained"], "2600000000.00");
    let (_, out, _) = run(&["claims", &path]);
    assert!(squeezed(&out).contains(&"Not explained 2,600,000,000.00".to_owned()), "{out}");
    let path = saved(&folder, &text.replace("from: \"First\"", "from: \"Frist\""));
    let (status, _, errors) = run(&["claims", &path]);
    assert_eq!(status, Status::DataHasErrors);
    assert_eq!(
        errors,
        "shadowpool: total-unknown: there is no control total \"Frist\"; did you mean \"First\"?\n"
    );
}

/// The headings of an agreement, in their order.
const HEADINGS: [&str; 19] = [
    "Programme",
    "Parties and leads",
    "What is delivered, and how it differs from today",
    "Location",
    "From and to",
    "What each partner commits, by year",
    "Cost",
    "Outcomes",
    "How progress is measured",
    "Return",
    "How it is shared, and who pays whom",
    "Repayment and reinvestment",
    "What continues after it ends, and who pays",
    "Risk share",
    "Milestones",
    "Review and leaving",
    "Evidence, and what is illustrative",
    "Standing of this document",
    "Signed",
];

#[test]
fn an_agreement_has_its_headings_in_order_and_counts_what_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, SAFER);
    let out = folder.path().join("agreement.md");
    let to = out.to_str().unwrap();
    let (status, _, _) = run(&["appraise", &path, "--appraisal", "Safer Communities", "--agreement", to]);
    assert_eq!(status, Status::Fine);
    let text = fs::read_to_string(&out).unwrap();
    let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(headings, HEADINGS);
    let unsaid = text.lines().filter(|line| *line == "Not yet said").count();
    assert_eq!(unsaid, 8);
    assert!(text.contains("**MODEL, not an offer.**"), "{text}");
    assert!(text.contains("**8 headings of this agreement are not yet said.**"), "{text}");
    assert!(
        text.contains("| All | 247,500.00 | 214,500.00 | 214,500.00 | 676,500.00 |"),
        "years in which nobody pays are no columns: {text}"
    );
    let transfers = "- 2013/14: NHS West Cheshire Clinical Commissioning Group pays £100,837.05 and Ministry of Justice pays \
                     £58,217.61; Cheshire West and Chester Council receives £134,638.67 and Cheshire Constabulary receives \
                     £24,415.99.";
    assert!(text.contains(transfers), "{text}");
    assert!(text.contains("Safer: In proportion to what each puts in."), "{text}");
}

#[test]
fn an_agreement_is_a_document_and_a_pdf_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder, SAFER);
    let write = |name: &str| {
        let out = folder.path().join(name);
        let to = out.to_str().unwrap();
        let (status, _, errors) =
            run(&["appraise", &path, "--appraisal", "Safer Communities", "--agreement", to]);
        assert_eq!(status, Status::Fine, "{errors}");
        fs::read(&out).unwrap()
    };
    let document = write("agreement.docx");
    assert_eq!(document, write("again.docx"), "the same bytes each time");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).unwrap();
    let mut body = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("word/document.xml").unwrap(), &mut body).unwrap();
    let mut reader = quick_xml::Reader::from_str(&body);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    for heading in HEADINGS {
        assert!(body.contains(&heading.replace('&', "&amp;")), "{heading}");
    }
    let pdf = write("agreement.pdf");
    assert!(pdf.starts_with(b"%PDF-"));
    let (status, _, errors) =
        run(&["appraise", &path, "--appraisal", "Safer Communities", "--agreement", "agreement.txt"]);
    assert_eq!(status, Status::CannotRun);
    assert_eq!(errors, "shadowpool: agreement.txt: an agreement is written to a .md, .docx or .pdf file\n");
    let (status, _, errors) =
        run(&["appraise", &path, "--appraisal", "Safer Communities", "--agreement", &path]);
    assert_eq!(status, Status::CannotRun);
    assert!(errors.contains("Nothing was written") || errors.contains(".md, .docx or .pdf"), "{errors}");
}
