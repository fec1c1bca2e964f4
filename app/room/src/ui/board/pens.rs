//! Which pointer draws. One at a time; a pen beats the hand that rests beside it.

/// A palm may come down a moment after the pen was lifted.
const PALM_MS: f64 = 500.0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    Mouse,
    Pen,
    Touch,
}

impl Pointer {
    pub fn from_name(name: &str) -> Self {
        match name {
            "pen" => Self::Pen,
            "touch" => Self::Touch,
            _ => Self::Mouse,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    Draws,
    /// The pen came down while a hand lay on the page: what the hand began is dropped.
    TakesOver,
    Ignored,
}

#[derive(Debug, Default)]
pub struct Pens {
    active: Option<(i32, Pointer)>,
    pen_seen_ms: Option<f64>,
}

impl Pens {
    pub fn down(&mut self, id: i32, pointer: Pointer, now_ms: f64) -> Down {
        if pointer == Pointer::Pen {
            self.pen_seen_ms = Some(now_ms);
        }
        let palm = pointer == Pointer::Touch && self.pen_seen_ms.is_some_and(|seen| now_ms - seen < PALM_MS);
        match self.active {
            _ if palm => Down::Ignored,
            None => {
                self.active = Some((id, pointer));
                Down::Draws
            }
            Some((_, Pointer::Touch)) if pointer == Pointer::Pen => {
                self.active = Some((id, pointer));
                Down::TakesOver
            }
            Some(_) => Down::Ignored,
        }
    }

    /// Whether this pointer is the one that draws.
    pub fn moves(&mut self, id: i32, now_ms: f64) -> bool {
        let draws = self.active.is_some_and(|(active, _)| active == id);
        if draws && self.active.is_some_and(|(_, pointer)| pointer == Pointer::Pen) {
            self.pen_seen_ms = Some(now_ms);
        }
        draws
    }

    /// Whether this pointer was the one that drew.
    pub fn up(&mut self, id: i32, now_ms: f64) -> bool {
        let drew = self.moves(id, now_ms);
        if drew {
            self.active = None;
        }
        drew
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_palm_beside_the_pen_draws_nothing() {
        let mut pens = Pens::default();
        assert_eq!(pens.down(1, Pointer::Pen, 0.0), Down::Draws);
        assert_eq!(pens.down(2, Pointer::Touch, 100.0), Down::Ignored);
        assert!(pens.moves(1, 900.0) && !pens.moves(2, 900.0));
        assert!(pens.up(1, 1_000.0));
        assert_eq!(
            pens.down(3, Pointer::Touch, 1_200.0),
            Down::Ignored,
            "the hand is still there"
        );
        assert_eq!(
            pens.down(4, Pointer::Touch, 1_600.0),
            Down::Draws,
            "later a finger draws again"
        );
    }

    #[test]
    fn a_pen_takes_over_from_a_resting_hand() {
        let mut pens = Pens::default();
        assert_eq!(pens.down(1, Pointer::Touch, 0.0), Down::Draws);
        assert_eq!(pens.down(2, Pointer::Pen, 50.0), Down::TakesOver);
        assert!(!pens.up(1, 60.0) && pens.up(2, 70.0));
    }

    #[test]
    fn a_second_finger_does_not_draw() {
        let mut pens = Pens::default();
        assert_eq!(pens.down(1, Pointer::Touch, 0.0), Down::Draws);
        assert_eq!(pens.down(2, Pointer::Touch, 10.0), Down::Ignored);
    }
}
