//! An agreement as a document for word processors (Office Open XML, ISO/IEC 29500): a dozen kinds of element, written
//! by hand, so that no crate for all the others comes with them.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::figure::visible;
use crate::scene::{AgreementBlock, AgreementTable, AgreementText, NOT_YET_SAID};

/// Twentieths of a point between the margins of A4, portrait, an inch on each side.
const TEXT_WIDTH: usize = 9026;
/// A name is three columns of numbers wide.
const NAME_PARTS: usize = 3;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="160"/></w:pPr><w:rPr><w:b/><w:color w:val="12436D"/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:color w:val="12436D"/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="30" w:after="30"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr></w:style></w:styles>"#;

const NUMBERING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="260"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

/// An agreement as a document for word processors.
///
/// # Panics
/// Never: what is written to memory is taken.
pub fn agreement_docx(text: &AgreementText) -> Vec<u8> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/document.xml", &document(text)),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        archive.start_file(name, options).expect("memory takes every name");
        archive.write_all(content.as_bytes()).expect("memory takes what is written");
    }
    archive.finish().expect("memory takes what is written").into_inner()
}

fn document(text: &AgreementText) -> String {
    let mut body = paragraph("Title", &text.title, "");
    for line in &text.opening {
        body.push_str(&paragraph("Normal", line, "<w:b/>"));
    }
    for section in &text.sections {
        body.push_str(&paragraph("Heading1", section.heading, ""));
        if section.blocks.is_empty() {
            body.push_str(&paragraph("Normal", NOT_YET_SAID, "<w:i/>"));
        }
        for block in &section.blocks {
            match block {
                AgreementBlock::Words(words) => body.push_str(&paragraph("Normal", words, "")),
                AgreementBlock::List(lines) => lines.iter().for_each(|line| body.push_str(&bullet(line))),
                AgreementBlock::Table(table) => push_table(&mut body, table),
            }
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}<w:sectPr><w:pgSz \
         w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" \
         w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

fn paragraph(style: &str, words: &str, look: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(words, look))
}

fn bullet(words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId \
         w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/></w:pPr>{}</w:p>",
        run(words, "")
    )
}

fn run(words: &str, look: &str) -> String {
    format!("<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(words))
}

fn push_table(body: &mut String, table: &AgreementTable) {
    let is_name = |column: usize| column == 0 && table.numbers_from < table.titles.len();
    let parts: usize =
        (0..table.titles.len()).map(|column| if is_name(column) { NAME_PARTS } else { 2 }).sum();
    let width = |column: usize| TEXT_WIDTH * if is_name(column) { NAME_PARTS } else { 2 } / parts.max(1);
    body.push_str(&format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblBorders><w:top w:val=\"single\" w:sz=\"6\" \
         w:space=\"0\" w:color=\"12436D\"/><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" \
         w:color=\"12436D\"/><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" \
         w:color=\"BFBFBF\"/></w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"60\" \
         w:type=\"dxa\"/><w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
    ));
    for column in 0..table.titles.len() {
        body.push_str(&format!("<w:gridCol w:w=\"{}\"/>", width(column)));
    }
    body.push_str("</w:tblGrid>");
    let last = table.rows.len().checked_sub(1).filter(|_| table.has_total);
    let titles = std::iter::once((&table.titles, true, true));
    let rows = table.rows.iter().enumerate().map(|(at, row)| (row, Some(at) == last, false));
    for (cells, is_bold, is_heading) in titles.chain(rows) {
        // Titles stand on every page of a long table, and no row is torn.
        let heading = if is_heading { "<w:tblHeader/>" } else { "" };
        body.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{heading}</w:trPr>"));
        for (column, cell) in cells.iter().enumerate() {
            let side = if column < table.numbers_from { "left" } else { "right" };
            body.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:jc \
                 w:val=\"{side}\"/></w:pPr>{}</w:p></w:tc>",
                width(column),
                run(cell, if is_bold { "<w:b/>" } else { "" })
            ));
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
}

fn escaped(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
