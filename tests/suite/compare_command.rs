//! `render` with scenarios beside each other, as a difference, and with partners hidden.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use shadowpool::cli::{self, Arguments, Status};

/// The command with these words; its status and what it said.
fn run(words: &[&str]) -> (Status, String) {
    let arguments = Arguments::parse_from(["shadowpool"].iter().chain(words));
    let (mut out, mut said) = (Vec::new(), Vec::new());
    let status = cli::run(arguments.command.as_ref().unwrap(), &mut out, &mut said);
    (status, String::from_utf8(said).unwrap())
}

const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/west-cheshire.ron");
const SHADOW: &str = "Starting Well, shadow pool";
const EARLIER: &str = "Starting Well, earlier help";

/// The text of the picture that these options draw.
#[track_caller]
fn picture(folder: &Path, options: &[&str]) -> String {
    let path = folder.join("picture.svg");
    let path = path.to_str().unwrap();
    let words: Vec<&str> = ["render", PLACE, "-o", path].into_iter().chain(options.iter().copied()).collect();
    let (status, said) = run(&words);
    assert_eq!(status, Status::Fine, "{said}");
    fs::read_to_string(path).unwrap()
}

#[test]
fn two_scenarios_are_drawn_beside_each_other_with_their_scale() {
    let folder = tempfile::tempdir().unwrap();
    for (other, name) in [("baseline", "Baseline"), (SHADOW, SHADOW)] {
        let svg = picture(folder.path(), &["--scenario", EARLIER, "--compare", other]);
        for words in [name, EARLIER, "1 cm = £", "side by side", "MODEL, not an offer"] {
            assert!(svg.contains(words), "{words}");
        }
    }
    let svg = picture(folder.path(), &["--scenario", EARLIER, "--compare", "baseline", "--difference"]);
    for words in ["less on", "more on", "Early help for families", "+£1.50m", "held back"] {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn a_comparison_with_what_is_not_there_says_what_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.svg");
    let path = path.to_str().unwrap();
    let render = |options: &[&str]| {
        run(&["render", PLACE, "-o", path].into_iter().chain(options.iter().copied()).collect::<Vec<_>>())
    };
    let (status, said) = render(&["--scenario", EARLIER, "--compare", "Starting Well, shadow pol"]);
    assert_eq!(status, Status::CannotRun);
    assert!(said.contains(SHADOW), "{said}");
    let (status, said) = render(&["--scenario", EARLIER, "--compare", "baseline", "--view", "themes"]);
    assert_eq!(status, Status::CannotRun);
    assert!(said.contains("--compare draws flows"), "{said}");
}

#[test]
fn a_blind_picture_names_no_partner_and_no_amount() {
    let folder = tempfile::tempdir().unwrap();
    let views: [&[&str]; 5] = [
        &["--blind"],
        &["--blind", "--view", "themes"],
        &["--blind", "--view", "pool", "--scenario", EARLIER],
        &["--blind", "--scenario", EARLIER, "--compare", "baseline"],
        &["--blind", "--scenario", EARLIER, "--compare", "baseline", "--difference"],
    ];
    for options in views {
        let svg = picture(folder.path(), options);
        for told in ["£", "Cheshire West", "Constabulary", "NHS England", "Weaver Vale"] {
            assert!(!svg.contains(told), "{told} in {options:?}");
        }
        assert!(svg.contains("Partner "), "{options:?}");
    }
}
