//! Where cells lie in the picture, and which cell a point is in. Lengths are those of the picture's own grid, so that it
//! scales as a whole and nothing carries a style.

use super::{Area, Run};

/// Width of a column, height of a row, and the strips with the names of both.
pub const COLUMN: u16 = 100;
pub const ROW: u16 = 7;
pub const LEFT: u16 = 52;
pub const TOP: u16 = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Box {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

/// The whole picture.
pub const fn size(columns: u16, rows: u16) -> (u16, u16) {
    (LEFT + columns * COLUMN, TOP + rows * ROW)
}

pub fn of_area(area: Area) -> Box {
    let (columns, rows) = (area.columns(), area.rows());
    Box {
        x: LEFT + columns.start() * COLUMN,
        y: TOP + rows.start() * ROW,
        width: (columns.end() - columns.start() + 1) * COLUMN,
        height: (rows.end() - rows.start() + 1) * ROW,
    }
}

/// A little narrower than its column, so that neighbours stay apart.
pub const fn of_run(run: Run) -> Box {
    Box {
        x: LEFT + run.column * COLUMN + 3,
        y: TOP + run.from * ROW,
        width: COLUMN - 6,
        height: (run.until - run.from) * ROW,
    }
}

/// The cell at a point given as a share of the picture's width and height; the nearest one for a point beside the cells.
pub fn cell_at((across, down): (f64, f64), (columns, rows): (u16, u16)) -> (u16, u16) {
    let (width, height) = size(columns, rows);
    let place = |share: f64, whole: u16, strip: u16, unit: u16, count: u16| {
        let cell = ((share * f64::from(whole) - f64::from(strip)) / f64::from(unit)).floor();
        let last = f64::from(count.saturating_sub(1));
        whole_number(cell.clamp(0.0, last))
    };
    (
        place(across, width, LEFT, COLUMN, columns),
        place(down, height, TOP, ROW, rows),
    )
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped between zero and a number of cells"
)]
const fn whole_number(number: f64) -> u16 {
    number as u16
}

#[cfg(test)]
mod tests {
    use super::{COLUMN, LEFT, ROW, TOP, cell_at, of_area, size};
    use crate::paint::Area;

    #[test]
    fn the_middle_of_every_cell_is_in_it() {
        let (columns, rows) = (7, 96);
        let (width, height) = size(columns, rows);
        for column in 0..columns {
            for row in 0..rows {
                let place = of_area(Area::cell((column, row)));
                let middle = (
                    (f64::from(place.x) + f64::from(COLUMN) / 2.0) / f64::from(width),
                    (f64::from(place.y) + f64::from(ROW) / 2.0) / f64::from(height),
                );
                assert_eq!(cell_at(middle, (columns, rows)), (column, row));
            }
        }
    }

    #[test]
    fn a_point_beside_the_cells_means_the_nearest() {
        assert_eq!(cell_at((0.0, 0.0), (7, 96)), (0, 0));
        assert_eq!(cell_at((1.2, 2.0), (7, 96)), (6, 95));
        assert_eq!(size(7, 96), (LEFT + 700, TOP + 672));
    }
}
