//! How files stand to each other: no long circles, and a screen that is known by its folder and one line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::architecture::{SourceFile, source_files};

/// A path in the crate: `["app", "flows", "view"]`.
type Names = Vec<String>;

/// What files of these rooms use, folder by folder; the others are held to the order of rooms alone.
const ROOMS_OF_FOLDERS: [&str; 5] = ["app", "import", "painter", "place", "scene"];

/// In one folder, so many files may need each other.
const MOST_IN_A_CIRCLE: usize = 3;

/// The files with what each of them uses of the others, by `use` and by paths in the code.
struct Files {
    code: BTreeMap<Names, String>,
    /// What a file hands on under a name of its own: `pub use view::FlowsView`.
    handed_on: BTreeMap<Names, BTreeMap<String, Names>>,
}

impl Files {
    fn read() -> Self {
        let mut code = BTreeMap::new();
        for SourceFile { path, code: text, .. } in source_files() {
            if path != "main.rs" {
                code.insert(module_of(&path), without_inner_modules(&text));
            }
        }
        let mut files = Self { code, handed_on: BTreeMap::new() };
        let handed_on = files.code.keys().map(|module| (module.clone(), files.hands_on(module))).collect();
        files.handed_on = handed_on;
        files
    }

    fn hands_on(&self, module: &Names) -> BTreeMap<String, Names> {
        let uses = uses_in(&self.code[module]).into_iter().filter(|(is_handed_on, _)| *is_handed_on);
        let absolute = uses.filter_map(|(_, path)| self.absolute(module, &path));
        absolute.filter_map(|path| Some((path.last()?.clone(), path.clone()))).collect()
    }

    /// A path as it is written in a module, from the crate's root.
    fn absolute(&self, module: &Names, path: &[String]) -> Option<Names> {
        let first = path.first()?;
        if first == "crate" {
            return Some(path[1..].to_vec());
        }
        let ups = path.iter().take_while(|name| *name == "super").count();
        if ups > 0 {
            let above = module.len().checked_sub(ups)?;
            return Some([&module[..above], &path[ups..]].concat());
        }
        let own = [module.as_slice(), std::slice::from_ref(first)].concat();
        self.code.contains_key(&own).then(|| [module.as_slice(), path].concat())
    }

    /// The file in which what a path names is written.
    fn file_of(&self, path: &[String], steps: usize) -> Option<Names> {
        let length = (1..=path.len()).rev().find(|length| self.code.contains_key(&path[..*length]))?;
        let file = path[..length].to_vec();
        let handed_on = path.get(length).and_then(|name| self.handed_on.get(&file)?.get(name));
        match handed_on {
            Some(from) if steps > 0 => {
                self.file_of(&[from.as_slice(), &path[length + 1..]].concat(), steps - 1)
            }
            _ => Some(file),
        }
    }

    /// Who uses whom.
    fn arrows(&self) -> BTreeMap<Names, BTreeSet<Names>> {
        let used_by = |module: &Names| {
            let code = &self.code[module];
            let uses =
                uses_in(code).into_iter().filter(|(is_handed_on, _)| !is_handed_on).map(|(_, path)| path);
            let paths = uses.chain(paths_in(code)).filter_map(|path| self.absolute(module, &path));
            let files = paths.filter_map(|path| self.file_of(&path, 8));
            files.filter(|file| file != module).collect::<BTreeSet<Names>>()
        };
        self.code.keys().map(|module| (module.clone(), used_by(module))).collect()
    }
}

/// `app/flows/mod.rs` and `app/flows.rs` are both `app::flows`.
fn module_of(path: &str) -> Names {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// Modules within a file have other paths to the rest; none of ours uses other files but through the outer ones.
fn without_inner_modules(code: &str) -> String {
    let mut kept = String::new();
    let mut is_inside = false;
    for line in code.lines() {
        let starts = line.starts_with("mod ") || line.starts_with("pub mod ");
        is_inside |= starts && line.ends_with('{');
        if !is_inside {
            kept.push_str(line);
            kept.push('\n');
        }
        is_inside &= line != "}";
    }
    kept
}

/// Each path of each `use`, and whether it is handed on to others.
fn uses_in(code: &str) -> Vec<(bool, Names)> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let line = rest[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = rest[line..at].trim();
        let tree = rest[at + 4..].split(';').next().unwrap_or_default();
        if before.is_empty() || before.starts_with("pub") && !before.contains(' ') || before.ends_with(')') {
            let mut paths = Vec::new();
            gather(&[], tree, &mut paths);
            found.extend(paths.into_iter().map(|path| (!before.is_empty(), path)));
        }
        rest = &rest[at + 4..];
    }
    found
}

/// The paths of a tree such as `a::{b, c::d as e}`.
fn gather(before: &[String], tree: &str, paths: &mut Vec<Names>) {
    let tree = tree.trim();
    let (names, list) = match tree.split_once('{') {
        Some((names, list)) => (names, Some(list.trim_end().trim_end_matches('}'))),
        None => (tree.split(" as ").next().unwrap_or_default(), None),
    };
    let names = names.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    let path: Names = before.iter().cloned().chain(names).collect();
    let Some(list) = list else {
        paths.push(path.into_iter().filter(|name| name != "self" && name != "*").collect());
        return;
    };
    let (mut depth, mut start) = (0_i32, 0);
    for (at, letter) in list.char_indices().chain([(list.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !list[start..at].trim().is_empty() {
                    gather(&path, &list[start..at], paths);
                }
                start = (at + 1).min(list.len());
            }
            _ => {}
        }
    }
}

/// Paths that stand in the code itself: `super::style::Colors`; visibilities such as `pub(in crate::app)` are none.
fn paths_in(code: &str) -> Vec<Names> {
    let is_of_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("use ")).map(|line| {
        match line.find("pub(in ") {
            Some(at) => [&line[..at], line[at..].split_once(')').map_or("", |(_, after)| after)].concat(),
            None => line.to_owned(),
        }
    });
    let words = lines.flat_map(|line| line.split(|c| !is_of_path(c)).map(str::to_owned).collect::<Vec<_>>());
    words
        .filter(|word| word.contains("::"))
        .map(|word| word.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect())
        .collect()
}

/// Files that all lead to each other, more than one, by Tarjan's walk.
fn circles(arrows: &BTreeMap<Names, BTreeSet<Names>>) -> Vec<Vec<Names>> {
    let reach = |from: &Names| {
        let mut seen = BTreeSet::new();
        let mut next = vec![from];
        while let Some(file) = next.pop() {
            for to in arrows.get(file).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&Names, BTreeSet<Names>> = arrows.keys().map(|file| (file, reach(file))).collect();
    let mut found: Vec<Vec<Names>> = Vec::new();
    for (file, reaches) in &reached {
        if reaches.contains(*file) && !found.iter().any(|circle| circle.contains(file)) {
            let circle =
                reaches.iter().filter(|other| reached.get(other).is_some_and(|back| back.contains(*file)));
            found.push(circle.cloned().collect());
        }
    }
    found
}

/// The folder that a file belongs to: of the rooms with folders the folder, else the room.
fn folder_of(file: &Names, files: &BTreeMap<Names, String>) -> String {
    let is_folder = files.keys().any(|other| other.len() > file.len() && other[..file.len()] == file[..]);
    let length = if is_folder { file.len() } else { file.len() - 1 };
    file[..length.clamp(1, 2)].join("/")
}

#[test]
fn files_that_need_each_other_are_few_and_of_one_folder() {
    let files = Files::read();
    let circles = circles(&files.arrows());
    let of_folders = circles.iter().filter(|circle| {
        circle.iter().any(|file| ROOMS_OF_FOLDERS.contains(&file.first().map_or("", String::as_str)))
    });
    let mut wrong = Vec::new();
    for circle in of_folders {
        let folders: BTreeSet<String> = circle.iter().map(|file| folder_of(file, &files.code)).collect();
        if folders.len() > 1 || circle.len() > MOST_IN_A_CIRCLE {
            let names: Vec<String> = circle.iter().map(|file| file.join("/")).collect();
            wrong.push(format!("{} files: {}", names.len(), names.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "files in circles:\n{}", wrong.join("\n"));
}

/// How often a screen is named in `app` outside its folder: where it is declared, and in the list of screens.
#[test]
fn a_screen_is_a_folder_and_one_line() {
    // The ledger is where all drilling leads, themes are where amounts are per head, flows are where scenarios are
    // compared and the pool is where they are made, which is said once more.
    for (screen, folder, most) in
        [("Flows", "flows", 2), ("Themes", "themes", 2), ("Pool", "pool", 2), ("Ledger", "ledger", 2)]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app").join(folder);
        assert!(fs::metadata(path).is_ok_and(|folder| folder.is_dir()), "{folder} is a folder");
        let mut lines = Vec::new();
        for file in source_files().into_iter().filter(|file| file.room == "app") {
            if file.path.starts_with(&format!("app/{folder}/")) {
                continue;
            }
            // Rooms of the same name, `crate::pool`, are other things; the import of the folders is part of the line.
            for line in file.code.lines().filter(|line| !line.trim_start().starts_with("use ")) {
                let names_it = line.contains(&format!("Screen::{screen}"))
                    || line.contains(&format!("{folder}::SCREEN"))
                    || line.contains(&format!("app::{folder}::"));
                if names_it {
                    lines.push(format!("{}: {}", file.path, line.trim()));
                }
            }
        }
        assert!(lines.len() <= most, "{screen} is named outside its folder:\n{}", lines.join("\n"));
    }
}
