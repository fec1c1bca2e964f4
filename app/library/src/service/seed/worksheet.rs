//! A worksheet of three pages, written as PDF by hand: a title in Helvetica, and lines and boxes to fill in.

use std::fmt::Write;

/// Titles and what is drawn below them.
const PAGES: [(&str, &str); 3] = [
    ("My week", WEEK),
    ("What I liked", LINES),
    ("What I want to try", BOXES),
];

/// Seven rows with a day each.
const WEEK: &str = "BT /F1 20 Tf 60 660 Td 0 -80 TD (Monday) Tj T* (Tuesday) Tj T* (Wednesday) Tj T* (Thursday) Tj T* (Friday) Tj \
    T* (Saturday) Tj T* (Sunday) Tj ET 1 w 200 570 m 550 570 l 200 490 m 550 490 l 200 410 m 550 410 l 200 330 m 550 330 l \
    200 250 m 550 250 l 200 170 m 550 170 l 200 90 m 550 90 l S";
const LINES: &str =
    "1 w 60 600 m 550 600 l 60 520 m 550 520 l 60 440 m 550 440 l 60 360 m 550 360 l 60 280 m 550 280 l S";
const BOXES: &str = "2 w 0.05 0.37 0.33 RG 60 430 220 200 re 330 430 220 200 re 60 170 220 200 re 330 170 220 200 re S";

/// The document, with a table of offsets as the format wants it.
pub fn pdf() -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned());
    let mut kids = String::new();
    for (title, drawing) in PAGES {
        let content = format!("BT /F1 34 Tf 60 720 Td ({title}) Tj ET {drawing}");
        let number = objects.len() + 1;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        // Writing to a String does not fail.
        let _written = write!(kids, "{number} 0 R ");
    }
    if let Some(pages) = objects.get_mut(1) {
        *pages = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.trim_end(), PAGES.len());
    }
    assemble(&objects)
}

fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        let _table = writeln!(table, "{:010} 00000 n ", file.len());
        let _object = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let _tail = write!(
        file,
        "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}
