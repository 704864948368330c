//! The parts of a file of slides, as office programs want them: one master, one layout of a title and nothing else, a
//! theme, and for each slide its shapes, its notes and what it refers to.

use std::fmt::Write as _;

use super::slides::PICTURE;
use crate::dimension::Date;
use crate::export::svg::escaped;

/// What is said on a slide and beside it.
pub(super) struct SlideWords<'a> {
    pub(super) title: &'a str,
    /// The picture in words.
    pub(super) alt: &'a str,
    pub(super) small: &'a str,
    pub(super) notes: &'a str,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
                      xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                      xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.presentationml.";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// What every tree of shapes begins with.
const TREE: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>\
                    <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/>\
                    </a:xfrm></p:grpSpPr>";
const COLOR_MAP: &str = "bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" \
                         accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" \
                         folHlink=\"folHlink\"";

/// Which part is of which kind.
pub(super) fn content_types(slides: usize) -> String {
    let mut parts = String::new();
    let mut part = |name: &str, kind: &str| {
        let _ = write!(parts, "<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    };
    let of = |kind: &str| format!("{TYPES}{kind}+xml");
    part("ppt/presentation.xml", &of("presentation.main"));
    part("ppt/slideMasters/slideMaster1.xml", &of("slideMaster"));
    part("ppt/slideLayouts/slideLayout1.xml", &of("slideLayout"));
    part("ppt/notesMasters/notesMaster1.xml", &of("notesMaster"));
    for number in 1..=slides {
        part(&format!("ppt/slides/slide{number}.xml"), &of("slide"));
        part(&format!("ppt/notesSlides/notesSlide{number}.xml"), &of("notesSlide"));
    }
    for number in [1, 2] {
        part(
            &format!("ppt/theme/theme{number}.xml"),
            "application/vnd.openxmlformats-officedocument.theme+xml",
        );
    }
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>{parts}</Types>"
    )
}

/// The parts that are there once.
pub(super) fn fixed(title: &str, made: Date, slides: usize) -> Vec<(&'static str, String)> {
    let package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let root = relations(&[
        (format!("{RELATION}officeDocument"), "ppt/presentation.xml".to_owned()),
        (package.to_owned(), "docProps/core.xml".to_owned()),
        (format!("{RELATION}extended-properties"), "docProps/app.xml".to_owned()),
    ]);
    let of = |kind: &str, target: &str| (format!("{RELATION}{kind}"), target.to_owned());
    let mut presentation = vec![
        of("slideMaster", "slideMasters/slideMaster1.xml"),
        of("notesMaster", "notesMasters/notesMaster1.xml"),
        of("theme", "theme/theme1.xml"),
    ];
    presentation.extend((1..=slides).map(|number| of("slide", &format!("slides/slide{number}.xml"))));
    let theme = of("theme", "../theme/theme1.xml");
    vec![
        ("_rels/.rels", root),
        ("docProps/core.xml", core(title, made)),
        ("docProps/app.xml", app(slides)),
        ("ppt/presentation.xml", self::presentation(slides)),
        ("ppt/_rels/presentation.xml.rels", relations(&presentation)),
        ("ppt/slideMasters/slideMaster1.xml", master()),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            relations(&[of("slideLayout", "../slideLayouts/slideLayout1.xml"), theme]),
        ),
        ("ppt/slideLayouts/slideLayout1.xml", layout()),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            relations(&[of("slideMaster", "../slideMasters/slideMaster1.xml")]),
        ),
        ("ppt/notesMasters/notesMaster1.xml", notes_master()),
        ("ppt/notesMasters/_rels/notesMaster1.xml.rels", relations(&[of("theme", "../theme/theme2.xml")])),
        ("ppt/theme/theme1.xml", self::theme()),
        ("ppt/theme/theme2.xml", self::theme()),
    ]
}

fn relations(targets: &[(String, String)]) -> String {
    let mut out = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for (index, (kind, target)) in targets.iter().enumerate() {
        let _ = write!(out, "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", index + 1);
    }
    out + "</Relationships>"
}

fn core(title: &str, made: Date) -> String {
    let day = if made.is_day() { format!("{made}T00:00:00Z") } else { format!("{made}-01T00:00:00Z") };
    let at = |name: &str| format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{day}</dcterms:{name}>");
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>Shadowpool</dc:creator><dc:language>en-GB</dc:language>{}{}</cp:coreProperties>",
        line(title),
        at("created"),
        at("modified")
    )
}

fn app(slides: usize) -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Shadowpool</Application><Slides>{slides}</Slides><Notes>{slides}</Notes></Properties>"
    )
}

fn presentation(slides: usize) -> String {
    let mut list = String::new();
    for number in 0..slides {
        // Slides are numbered from 256; the first three relations are the masters and the theme.
        let _ = write!(list, "<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + number, 4 + number);
    }
    format!(
        "{HEAD}<p:presentation {SPACES} saveSubsetFonts=\"1\"><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" \
         r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst>\
         <p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/>\
         <p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
    )
}

/// A box on a slide: left, top, width, height.
fn place_of((x, y, width, height): (u64, u64, u64, u64)) -> String {
    format!("<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>")
}

const TITLE: (u64, u64, u64, u64) = (457_200, 228_600, 11_277_600, 838_200);
const SMALL: (u64, u64, u64, u64) = (457_200, 6_172_200, 11_277_600, 548_640);

fn title_shape(words: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>\
         <a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
}

fn master() -> String {
    let text = |kind: &str, levels: usize, size: &str| {
        let mut out = format!("<p:{kind}>");
        for level in 1..=levels {
            let _ = write!(
                out,
                "<a:lvl{level}pPr algn=\"l\"><a:defRPr {size}><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>\
                 <a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl{level}pPr>"
            );
        }
        out + &format!("</p:{kind}>")
    };
    let title = title_shape("").replace(
        "<p:spPr/>",
        &format!("<p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>", place_of(TITLE)),
    );
    let title = title.replace("<a:bodyPr>", "<a:bodyPr lIns=\"0\" rIns=\"0\" anchor=\"b\">");
    format!(
        "{HEAD}<p:sldMaster {SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill>\
         <a:effectLst/></p:bgPr></p:bg><p:spTree>{TREE}{title}</p:spTree></p:cSld><p:clrMap {COLOR_MAP}/>\
         <p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles>{}{}{}</p:txStyles>\
         </p:sldMaster>",
        text("titleStyle", 1, "sz=\"2400\" b=\"1\""),
        text("bodyStyle", 9, "sz=\"1800\""),
        text("otherStyle", 9, "sz=\"1800\"")
    )
}

fn layout() -> String {
    format!(
        "{HEAD}<p:sldLayout {SPACES} type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Scene\"><p:spTree>{TREE}{}</p:spTree>\
         </p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
        title_shape("")
    )
}

/// A slide: its title, its picture, its small print.
pub(super) fn slide(words: &SlideWords<'_>) -> String {
    // What is long is smaller, so that it stays in its three lines.
    let size = match words.small.chars().count() {
        0..=460 => 1100,
        461..=760 => 900,
        _ => 700,
    };
    format!(
        "{HEAD}<p:sld {SPACES}><p:cSld><p:spTree>{TREE}{title}<p:pic><p:nvPicPr><p:cNvPr id=\"3\" name=\"Picture\" \
         descr=\"{alt}\"/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>\
         <a:blip r:embed=\"rId2\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{picture}\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic><p:sp><p:nvSpPr><p:cNvPr id=\"4\" \
         name=\"Small print\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{small_at}<a:prstGeom prst=\"rect\">\
         <a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" \
         bIns=\"0\"><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\" sz=\"{size}\"><a:solidFill>\
         <a:srgbClr val=\"4A5563\"/></a:solidFill></a:rPr><a:t>{small}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>\
         </p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        title = title_shape(&line(words.title)),
        alt = line(words.alt),
        picture = place_of(PICTURE),
        small_at = place_of(SMALL),
        small = line(words.small),
    )
}

pub(super) fn slide_relations(number: usize) -> String {
    let of = |kind: &str, target: String| (format!("{RELATION}{kind}"), target);
    relations(&[
        of("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
        of("image", format!("../media/image{number}.png")),
        of("notesSlide", format!("../notesSlides/notesSlide{number}.xml")),
    ])
}

/// Where the slide is seen on a page of notes, and where the notes stand below it.
const NOTES: [(u64, u64, u64, u64); 2] =
    [(685_800, 1_143_000, 5_486_400, 3_086_100), (685_800, 4_400_550, 5_486_400, 3_600_450)];

fn notes_shapes(paragraphs: &str, is_master: bool) -> String {
    let at = |index: usize| {
        if is_master {
            format!(
                "<p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>",
                place_of(NOTES[index])
            )
        } else {
            "<p:spPr/>".to_owned()
        }
    };
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" \
         noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr>{}</p:sp>\
         <p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>\
         <p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/></p:nvPr></p:nvSpPr>{}<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}\
         </p:txBody></p:sp>",
        at(0),
        at(1)
    )
}

fn notes_master() -> String {
    format!(
        "{HEAD}<p:notesMaster {SPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg>\
         <p:spTree>{TREE}{}</p:spTree></p:cSld><p:clrMap {COLOR_MAP}/></p:notesMaster>",
        notes_shapes("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>", true)
    )
}

/// What is said beside a slide, paragraph by paragraph.
pub(super) fn notes(words: &SlideWords<'_>) -> String {
    let mut paragraphs = String::new();
    for paragraph in words.notes.lines() {
        let _ =
            write!(paragraphs, "<a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>{}</a:t></a:r></a:p>", line(paragraph));
    }
    if paragraphs.is_empty() {
        paragraphs.push_str("<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>");
    }
    format!(
        "{HEAD}<p:notes {SPACES}><p:cSld><p:spTree>{TREE}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/>\
         </p:clrMapOvr></p:notes>",
        notes_shapes(&paragraphs, false)
    )
}

pub(super) fn notes_relations(number: usize) -> String {
    let of = |kind: &str, target: String| (format!("{RELATION}{kind}"), target);
    relations(&[
        of("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()),
        of("slide", format!("../slides/slide{number}.xml")),
    ])
}

/// Words on one line, for an element or an attribute.
fn line(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Colors, letters and fills, without which no program opens the file.
fn theme() -> String {
    let color = |name: &str, hex: &str| format!("<a:{name}><a:srgbClr val=\"{hex}\"/></a:{name}>");
    // Those of the Government Analysis Function, in its order.
    let colors: String = [
        ("dk1", "0B0C0C"),
        ("lt1", "FFFFFF"),
        ("dk2", "12436D"),
        ("lt2", "F3F2F1"),
        ("accent1", "12436D"),
        ("accent2", "28A197"),
        ("accent3", "801650"),
        ("accent4", "F46A25"),
        ("accent5", "3D3D3D"),
        ("accent6", "A285D1"),
        ("hlink", "12436D"),
        ("folHlink", "801650"),
    ]
    .into_iter()
    .map(|(name, hex)| color(name, hex))
    .collect();
    let font = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>".repeat(3);
    let edge = "<a:ln w=\"9525\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>".repeat(3);
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        "{HEAD}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Shadowpool\">\
         <a:themeElements><a:clrScheme name=\"Shadowpool\">{colors}</a:clrScheme><a:fontScheme name=\"Shadowpool\">\
         <a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name=\"Shadowpool\">\
         <a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{edge}</a:lnStyleLst><a:effectStyleLst>{effect}\
         </a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
}
