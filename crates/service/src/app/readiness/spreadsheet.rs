//! The export as a workbook. Every cell that anybody else wrote is a text, never a formula.

use super::csv;
use super::export::Whole;
use crate::error::Error;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// The longest text that a cell may hold, in characters.
const MAX_CELL: usize = 32_767;

/// Writes the workbook.
///
/// # Errors
/// [`Error::Spreadsheet`] where the library refuses.
pub(super) fn write(whole: &Whole) -> Result<Vec<u8>, Error> {
    built(whole).map_err(|source| Error::Spreadsheet { source })
}

fn built(whole: &Whole) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    summary(book.add_worksheet().set_name("Summary")?, whole, &bold)?;
    causes(book.add_worksheet().set_name("Causes")?, whole, &bold)?;
    computers(book.add_worksheet().set_name("Computers")?, whole, &bold)?;
    silent(book.add_worksheet().set_name("Silent")?, whole, &bold)?;
    exceptions(book.add_worksheet().set_name("Exceptions")?, whole, &bold)?;
    book.save_to_buffer()
}

fn summary(sheet: &mut Worksheet, whole: &Whole, bold: &Format) -> Result<(), XlsxError> {
    let counts = &whole.board.counts;
    sheet.set_column_width(0, 28)?.set_column_width(1, 40)?;
    let texts = [
        ("Check", whole.title.clone()),
        ("Organisation", whole.organisation.clone()),
        ("Made at", whole.made_at.to_string()),
    ];
    let figures = [
        ("Computers that reported", counts.machines),
        ("Ready", counts.pass),
        ("Accepted", counts.accepted),
        ("Ready with warnings", counts.warn),
        ("Not ready", counts.fail),
        ("Awaited", counts.expected),
        ("Silent", counts.silent),
    ];
    let mut row = 0;
    for (name, text) in texts {
        sheet.write_string_with_format(row, 0, name, bold)?;
        sheet.write_string(row, 1, cut(&text))?;
        row += 1;
    }
    for (name, figure) in figures {
        sheet.write_string_with_format(row, 0, name, bold)?;
        sheet.write_number(row, 1, figure)?;
        row += 1;
    }
    Ok(())
}

fn causes(sheet: &mut Worksheet, whole: &Whole, bold: &Format) -> Result<(), XlsxError> {
    head(
        sheet,
        &[
            "product",
            "asked for",
            "fails on",
            "warns on",
            "accepted on",
            "what to do",
        ],
        bold,
    )?;
    for (row, cause) in (1..).zip(&whole.board.causes) {
        let product = cause.product_name.clone().unwrap_or_default();
        sheet.write_string(row, 0, cut(&product))?;
        sheet.write_string(row, 1, cut(&cause.text))?;
        sheet.write_number(row, 2, cause.fail_count)?;
        sheet.write_number(row, 3, cause.warn_count)?;
        sheet.write_number(row, 4, cause.accepted_count)?;
        sheet.write_string(row, 5, cut(&cause.fix))?;
    }
    Ok(())
}

fn computers(sheet: &mut Worksheet, whole: &Whole, bold: &Format) -> Result<(), XlsxError> {
    head(sheet, &csv::head(), bold)?;
    for (row, line) in (1..).zip(&whole.lines) {
        strings(sheet, row, &csv::cells(line))?;
    }
    Ok(())
}

fn silent(sheet: &mut Worksheet, whole: &Whole, bold: &Format) -> Result<(), XlsxError> {
    head(sheet, &["computer"], bold)?;
    for (row, name) in (1..).zip(&whole.silent) {
        sheet.write_string(row, 0, cut(name))?;
    }
    Ok(())
}

fn exceptions(sheet: &mut Worksheet, whole: &Whole, bold: &Format) -> Result<(), XlsxError> {
    head(
        sheet,
        &[
            "asked for",
            "computer",
            "reason",
            "accepted by",
            "accepted at",
            "holds until",
        ],
        bold,
    )?;
    for (row, exception) in (1..).zip(&whole.exceptions) {
        let machine = exception.machine.clone().unwrap_or_else(|| "all".to_owned());
        let cells = [
            exception.text.clone(),
            machine,
            exception.reason.clone(),
            exception.accepted_by.clone(),
            exception.accepted_at.to_string(),
            exception.ends_at.to_string(),
        ];
        strings(sheet, row, &cells)?;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, names: &[&str], bold: &Format) -> Result<(), XlsxError> {
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(0, column, *name, bold)?;
        sheet.set_column_width(column, 22)?;
    }
    sheet.set_freeze_panes(1, 0).map(drop)
}

fn strings(sheet: &mut Worksheet, row: u32, cells: &[String]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, cut(cell))?;
    }
    Ok(())
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_CELL).collect()
}

#[cfg(test)]
mod tests {
    use super::super::export::tests::nasty;
    use super::*;
    use std::io::{Cursor, Read as _};

    #[test]
    fn the_workbook_holds_the_texts_and_no_formula() {
        let bytes = write(&nasty()).expect("written");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        let mut all = String::new();
        for at in 0..archive.len() {
            archive
                .by_index(at)
                .expect("an entry")
                .read_to_string(&mut all)
                .expect("text");
        }
        assert!(all.contains("-2+3+cmd|"), "the name is there");
        assert!(!all.contains("<f>"), "no cell is a formula");
    }
}
