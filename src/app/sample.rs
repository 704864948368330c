//! The places that come with the program, compiled in, so that there is something to look at on a computer
//! without files.

/// A place that comes with the program.
pub(super) struct SamplePlace {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

/// The first is shown when no file is named.
pub(super) const SAMPLES: &[SamplePlace] = &[
    SamplePlace { name: "West Cheshire", text: include_str!("../../sample-data/west-cheshire.ron") },
    SamplePlace {
        name: "Greater Manchester",
        text: include_str!("../../sample-data/greater-manchester.ron"),
    },
    SamplePlace {
        name: "Greater Manchester, August 2011",
        text: include_str!("../../sample-data/greater-manchester-august-2011.ron"),
    },
    SamplePlace { name: "Greater Essex", text: include_str!("../../sample-data/greater-essex.ron") },
    SamplePlace { name: "Tri-borough", text: include_str!("../../sample-data/tri-borough.ron") },
    SamplePlace {
        name: "Newcastle neighbourhoods",
        text: include_str!("../../sample-data/newcastle-neighbourhoods.ron"),
    },
    SamplePlace {
        name: "Birmingham Total Place",
        text: include_str!("../../sample-data/birmingham-total-place.ron"),
    },
];
