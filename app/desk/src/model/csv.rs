//! Lines of a file for a spreadsheet (RFC 4180). A cell that a spreadsheet would take for a formula is defused: a name like
//! `=HYPERLINK(...)` must stay a name.

/// Signs with which Excel, `LibreOffice` and Google Sheets begin a formula, or that move what follows into the next cell.
const DANGEROUS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// One line with its end.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (place, text) in cells.into_iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        line.push('"');
        // The apostrophe says "text" to spreadsheets. Full-width forms of the signs are read as the signs by some.
        let first = text
            .trim_start_matches([' ', '\u{feff}', '\u{a0}', '\n'])
            .chars()
            .next();
        if first.is_some_and(|sign| DANGEROUS.contains(&sign) || "＝＋－＠".contains(sign)) {
            line.push('\'');
        }
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn cells_are_quoted() {
        assert_eq!(line(["a", "b, \"c\"", ""]), "\"a\",\"b, \"\"c\"\"\",\"\"\r\n");
    }

    #[test]
    fn nothing_that_a_spreadsheet_would_compute_gets_through() {
        for evil in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\r=x",
            " =1",
            "\n=1",
            "\u{feff}=1",
            "＝1",
        ] {
            let written = line([evil]);
            assert!(written.starts_with("\"'"), "{evil:?} became {written:?}");
        }
        assert_eq!(
            line(["Ana-Maria"]),
            "\"Ana-Maria\"\r\n",
            "a hyphen inside a name is no formula"
        );
    }
}
