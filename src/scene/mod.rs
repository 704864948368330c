//! A place as pictures and words: what a view, a scenario or a comparison looks like and what is said of it.

mod agreement;
mod amounts;
mod audit;
mod blind;
mod carried;
mod compare;
mod difference;
mod happened;
mod lens;
mod order;
mod picture;
mod pool;
mod room;
mod sentence;
mod sentence_trace;
mod story;
mod title;
mod traced;
mod words;

pub use agreement::{AgreementBlock, AgreementSection, AgreementTable, AgreementText, NOT_YET_SAID};
pub use audit::{Audit, AuditCell, AuditSection, audit};
pub use blind::BlindPlace;
pub use carried::{carried, pool_carried};
pub use compare::{
    BASELINE, Changes, ComparedPicture, ComparedSpot, blind_compare_captions, blind_of_changes, change_title,
    compare_captions, compare_picture, compared, compared_in_words, name_compared,
};
pub use difference::{compared_difference, difference_picture, moves_between};
pub use happened::what_happened;
pub use lens::{Flows, has_pool_scope, is_under_lens};
pub use picture::{
    PageOptions, captions, flow_graph, flow_spec, flows_input, flows_picture, flows_picture_near,
    flows_picture_of_scenario, people_in_view, themes_captions, themes_page, themes_picture,
};
pub use pool::{pool_captions, pool_input, pool_picture, pool_sentence};
pub use room::{
    RoomOptions, has_room_picture, room_flows_picture, room_picture, room_pool_picture, room_themes_picture,
};
pub use sentence::{NeverAdded, Sentence};
pub use sentence_trace::Traced;
pub use story::{
    AfterCue, CapturedView, Cover, Cue, OpenedScene, Poke, Presentation, PresentedScene, SceneOptions,
    ScenePage, ScenePicture, SceneTable, SceneTrace, SceneTraces, TracedNode, captured_scene, nameable,
    open_scene, presented_scene, scene_captions, scene_picture, scene_table, scene_traces, scene_words,
};
pub use title::{Audience, flows_title, pool_title, themes_title};
pub use traced::{TraceNames, traced_captions, traced_in, traced_picture_near, unfold_traced};
pub use words::{PictureWords, change_words, flows_words, mark_words, pool_words, themes_words};
