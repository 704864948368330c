//! A finance officer's day on the command line: several agencies, an ugly month, the next month of a publisher.

use std::fs;
use std::path::Path;

use crate::cli::{out, run, said};

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file");
}

/// What a command prints; it must end with this status.
fn ends(folder: &Path, words: &[&str], status: i32) -> String {
    let output = run(folder, words, "");
    assert_eq!(output.status.code(), Some(status), "{words:?}: {}{}", out(&output), said(&output));
    out(&output)
}

fn has(text: &str, wanted: &[&str]) {
    for line in wanted {
        assert!(text.contains(line), "wanted {line}\nin {text}");
    }
}

const COUNCIL: &str = "\
Body Name,Service Area,Date,Net Amount,Supplier Name
Town Council,Children's Services,01/04/2024,\"1,000.00\",Acme Ltd
Town Council,Adult Social Care,02/04/2024,250.00,TOWN ICB
";
const ICB: &str = "\
Entity,Expense Area,Date,Amount,Supplier
Town ICB,Public Health,03/04/2024,300.00,ACME LIMITED
";
const POLICE: &str = "\
Organisation,Department,Payment Date,Amount (£),Vendor
Town Police,Policing,04/04/2024,75.50,Cars plc
";

#[test]
fn three_agencies_become_one_place_that_agrees() {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let folder = folder.path();
    for (name, text) in [("council.csv", COUNCIL), ("icb.csv", ICB), ("police.csv", POLICE)] {
        write(folder, name, text);
    }
    let files = ["council.csv", "icb.csv", "police.csv"];
    let controls =
        ["--control", "council.csv=1250", "--control", "Town ICB=300", "--control", "police=75.50"];
    let words = [&["import"], &files[..], &controls[..], &["--rules", "standard", "-o", "town.ron"]].concat();
    has(
        &ends(folder, &words, 0),
        &[
            "town.ron: 3 lines, £1,375.50",
            "control total council.csv £1,250.00: agrees",
            "control total Town ICB £300.00: agrees",
            "control total police £75.50: agrees",
            "£250.00 that agencies pay each other, counted once:",
            "Town Council to Town ICB: £250.00 in 1 line",
            "\"ACME LIMITED\" £300.00",
        ],
    );
    let by_theme = run(folder, &["totals", "town.ron", "--by", "theme", "--format", "csv"], "");
    assert_eq!(
        out(&by_theme),
        "theme,amount,lines\nStarting Well,1000.00,1\nLiving Well,300.00,1\nSafer Places,75.50,1\n"
    );
    assert!(said(&by_theme).contains("£250.00 that agencies pay each other is counted once"));
    has(&ends(folder, &["totals", "town.ron", "--with-transfers"], 0), &["1,625.50"]);
    has(
        &ends(folder, &["check", "town.ron", "--why", "council.csv:2"], 0),
        &["council.csv, row 2, £1,000.00: Starting Well, because a standard rule: service has the words"],
    );
    // The names are looked at, and the next place starts with them.
    ends(folder, &["check", "town.ron", "--proposals", "names.ron"], 0);
    assert!(fs::read_to_string(folder.join("names.ron")).unwrap().contains("also: [\"ACME LIMITED\"]"));
    ends(folder, &["import", "council.csv", "icb.csv", "--names", "names.ron", "-o", "two.ron"], 0);
    has(&ends(folder, &["totals", "two.ron", "--by", "supplier"], 0), &["Acme Ltd    1,300.00      2"]);
    ends(folder, &["check", "two.ron", "--audit", "audit.csv"], 0);
    has(
        &fs::read_to_string(folder.join("audit.csv")).unwrap(),
        &["Money between agencies,Town Council,Town ICB,TOWN ICB,1,250.00,once,0.00,1"],
    );
    // A line that was read is left out for a reason, which the next person reads.
    let out_of = ["import", "council.csv", "--exclude", "council.csv:2=paid twice", "-o", "less.ron"];
    has(
        &ends(folder, &out_of, 0),
        &["less.ron: 1 line, £250.00", "lines left out:", "£1,000.00: paid twice"],
    );
    has(&ends(folder, &["check", "less.ron", "--control", "council.csv=1250"], 0), &["£1,250.00: agrees"]);
    let nobody = run(folder, &["import", "icb.csv", "--payments-to-place", "dwp.csv", "-o", "x.ron"], "");
    assert_eq!(nobody.status.code(), Some(2));
}

const UGLY: &str = "\
Town Council
Payments over £500
Produced on request
,,,
Service,Supplier,Date,Amount
Roads,Acme,01/04/2024,\"£1,240.00\"
Roads,Bolt,02/04/2024,(40.00)
Parks,Cove,03/04/2024,12O.00
Parks,Dove,04/04/2024,n/a
Care,Echo,05/04/2024,see invoice
Total,,,\"1,320.00\"
";

#[test]
fn an_ugly_month_is_agreed() {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let folder = folder.path();
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(UGLY);
    fs::write(folder.join("april.csv"), bytes).unwrap();
    let set = ["--set", "agency=Town Council", "--control", "april.csv=1320", "-o", "town.ron"];
    let before = ends(folder, &[&["import", "april.csv"], &set[..]].concat(), 1);
    has(&before, &["2 lines, £1,200.00; 3 rows rejected", "differs by £120.00 (too little was read)"]);
    let decided = [
        "--fix",
        "april.csv:8:Amount=120.00",
        "--exclude",
        "april.csv:9=Nothing was paid",
        "--exclude",
        "april.csv:10=It is in May",
    ];
    let words = [&["import", "april.csv", "--replace-file"], &set[..], &decided[..]].concat();
    has(&ends(folder, &words, 1), &["3 lines, £1,320.00", "control total april.csv £1,320.00: agrees"]);
    ends(folder, &["check", "town.ron", "--audit", "audit.csv", "--rejects", "rejects.csv"], 0);
    let audit = fs::read_to_string(folder.join("audit.csv")).unwrap();
    assert_eq!(audit.matches("excluded: ").count(), 2, "{audit}");
    has(&audit, &["fixed,\"Parks, Cove, 03/04/2024, 120.00\""]);
    has(
        &fs::read_to_string(folder.join("rejects.csv")).unwrap(),
        &["april.csv,10,amount-unreadable,", "excluded: It is in May,Care,Echo,05/04/2024,see invoice"],
    );
    let wrong = run(folder, &["import", "town.ron", "--fix", "april.csv:8:Amont=1", "-o", "town.ron"], "");
    assert!(said(&wrong).contains("its columns are Service, Supplier, Date, Amount"), "{}", said(&wrong));
}

#[test]
fn the_next_month_and_the_next_version_ask_nothing() {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let folder = folder.path();
    write(folder, "april.csv", "What,Paid to,When,Wert\nZebra,Acme,01/04/2024,5\nZebra,Bolt,02/04/2024,6\n");
    write(folder, "may.csv", "What,Paid to,When,Wert\nZebra,Acme,01/05/2024,7\n");
    write(
        folder,
        "may-2.csv",
        "What,Paid to,When,Wert\nZebra,Acme,01/05/2024,7.50\nZebra,Cove,02/05/2024,1\n",
    );
    let rules =
        "[(name: \"Stripes\", when: [(in: \"service\", is: Like([\"zeb*\"]))], reason: \"They have them\")]";
    write(folder, "rules.ron", rules);
    let words = [
        "import",
        "april.csv",
        "--column",
        "Wert=amount",
        "--column",
        "What=service",
        "--set",
        "agency=Town Council",
        "--save-map",
        "maps.ron",
        "--rules",
        "rules.ron",
        "-o",
        "town.ron",
    ];
    ends(folder, &words, 0);
    ends(folder, &["import", "town.ron", "may.csv", "--map", "maps.ron", "-o", "town.ron"], 0);
    has(&ends(folder, &["totals", "town.ron", "--by", "theme"], 0), &["Stripes       18.00      3"]);
    let words =
        ["import", "town.ron", "may-2.csv", "--map", "maps.ron", "--replace", "may.csv", "-o", "town.ron"];
    has(
        &ends(folder, &words, 0),
        &[
            "4 lines, £19.50",
            "may-2.csv in place of may.csv:",
            "0 lines unchanged, £0.00",
            "1 line changed, £7.00 before, £7.50 now",
            "1 line new, £1.00",
        ],
    );
    has(
        &ends(folder, &["check", "town.ron", "--why", "may-2.csv:2"], 0),
        &["Stripes, because rule 1: service is like \"zeb*\": Stripes (They have them)"],
    );
}

#[test]
fn money_passed_on_ends_at_nodes_of_its_own_in_scenarios_comparisons_and_blind_pictures_too() {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let folder = folder.path();
    let lines = "Agency,Theme,Service,Supplier,Date,Amount\nCouncil,Safety,Roads,Tarmac Ltd,02/05/2024,2000.00\n\
        Council,Safety,Patrols,Town Police,03/05/2024,500.00\nHealth,Care,Wards,Care Ltd,03/05/2024,1500.00\n";
    std::fs::write(folder.join("list.csv"), lines).unwrap();
    std::fs::write(folder.join("names.ron"), "(names: [(dimension: agency, name: \"Town Police\")])")
        .unwrap();
    let ends = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        let output = crate::cli::run(folder, &words, "");
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", crate::cli::said(&output));
    };
    ends("import list.csv --names names.ron -o place.ron");
    let place = std::fs::read_to_string(folder.join("place.ron")).unwrap();
    let scenario = "  scenarios: [\n    (\n      name: \"Roads\",\n      pool: \"Roads\",\n      years: [\"2024/25\"],\n      \
        contributions: [(partner: \"Council\", lines: Where((chips: [(dimension: service, names: [\"Roads\"])])))],\n      \
        allocations: [(to: (theme: \"Safety\", service: \"Safer roads\"))],\n    ),\n  ],\n";
    let place = place.replacen("  decisions: (", &format!("{scenario}  decisions: ("), 1);
    std::fs::write(folder.join("place.ron"), place).unwrap();
    for (number, words) in
        ["", " --scenario Roads", " --scenario Roads --compare baseline", " --blind"].iter().enumerate()
    {
        ends(&format!("render place.ron --view flows{words} --size 1600x700 -o flows{number}.svg"));
        let drawn = std::fs::read_to_string(folder.join(format!("flows{number}.svg"))).unwrap();
        assert!(drawn.contains("passed on)"), "{words}: no end in the picture");
        assert_eq!(
            drawn.contains("Town Police"),
            !words.contains("blind"),
            "{words}: a blind picture names nobody"
        );
    }
}
