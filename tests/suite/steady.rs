//! Nodes stay where they stood while filters and scenarios come and go, and beside each other.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use shadowpool::dimension::Dimension;

use super::support_window::{CTRL, Window};

/// What the nodes of a layer are called, from top to bottom.
fn order(window: &Window, dimension: Dimension) -> Vec<String> {
    let layer = format!(", {}, ", dimension.title());
    let is_node = By::new().role(Role::Button);
    let mut nodes: Vec<(f32, String)> = window
        .harness
        .query_all(is_node)
        .filter_map(|node| {
            let name = node.accesskit_node().label()?;
            let (name, _) = name.split_once(&layer)?;
            Some((node.rect().center().y, name.to_owned()))
        })
        .collect();
    nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
    nodes.into_iter().map(|(_, name)| name).collect()
}

fn run(window: &mut Window, words: &str) {
    window.press(CTRL, Key::K);
    window.type_into("Find an action", words);
    window.press(Modifiers::NONE, Key::Enter);
}

/// Those of one list that are in the other, in their order.
fn common(of: &[String], with: &[String]) -> Vec<String> {
    of.iter().filter(|name| with.contains(name)).cloned().collect()
}

#[test]
fn what_a_filter_hid_comes_back_to_where_it_stood_though_a_scenario_came_meanwhile() {
    let mut window = Window::sample();
    run(&mut window, "police");
    assert!(window.says("Change Agency: Cheshire Constabulary"), "{:#?}", window.names());
    run(&mut window, "show earlier help");
    window.press(Modifiers::NONE, Key::Backspace);
    assert_eq!(window.place().view.filter.names(Dimension::Agency), None);
    // The pool is small: until the whole place is asked for it is under a lens.
    window.press(Modifiers::NONE, Key::O);
    let layers = [Dimension::Funder, Dimension::Agency, Dimension::Theme, Dimension::Service];
    let after: Vec<Vec<String>> = layers.iter().map(|layer| order(&window, *layer)).collect();
    // The picture that was there before the filter comes back as it was.
    run(&mut window, "show baseline");
    for (layer, after) in layers.into_iter().zip(after) {
        let before = order(&window, layer);
        assert!(before.len() > 2, "{layer:?}: {before:?}");
        assert_eq!(common(&after, &before), common(&before, &after), "{layer:?}");
    }
}
