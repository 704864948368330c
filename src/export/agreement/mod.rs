//! An investment agreement as a file: Markdown, a document for word processors, or PDF; the same words in each.

mod docx;
mod markdown;
mod pages;

pub use docx::agreement_docx;
pub use markdown::agreement_markdown;
pub use pages::agreement_pdf;
