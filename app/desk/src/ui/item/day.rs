//! The therapist's day as a bar: one unit a minute, on full hours. Sizes become SVG attributes, because the policy
//! forbids inline styles.

use scheduling::api::view::{DayBlock, DayBlockKind};

const HOUR: u16 = 60;

/// The hours shown, in minutes after midnight: all blocks lie inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: u16,
    until: u16,
}

impl Span {
    pub fn around(blocks: &[DayBlock]) -> Self {
        let from = blocks.iter().map(|block| block.from_minute).min().unwrap_or(9 * HOUR);
        let until = blocks.iter().map(|block| block.until_minute).max().unwrap_or(17 * HOUR);
        let from = from / HOUR * HOUR;
        Self {
            from,
            until: (until.div_ceil(HOUR) * HOUR).max(from + HOUR),
        }
    }

    /// "540 0 480 48": the whole span across, at a height of 48.
    pub fn view_box(self) -> String {
        format!("{} 0 {} 48", self.from, self.until - self.from)
    }

    /// The full hours, in minutes.
    pub fn hours(self) -> impl Iterator<Item = u16> {
        (self.from..self.until).step_by(usize::from(HOUR))
    }
}

/// "9:00"
pub fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / HOUR, minute % HOUR)
}

/// The name of a block in the list beside the bar.
pub fn label(block: &DayBlock) -> String {
    match block.kind {
        DayBlockKind::Hours => "Working hours".to_owned(),
        DayBlockKind::Visit if block.label.is_empty() => "Visit".to_owned(),
        DayBlockKind::Visit => block.label.clone(),
        DayBlockKind::Buffer => "Buffer".to_owned(),
        DayBlockKind::Kept => "Kept".to_owned(),
        DayBlockKind::TimeOff => "Time off".to_owned(),
        DayBlockKind::This => "This request".to_owned(),
    }
}

/// How a block is drawn.
pub const fn drawn(block: &DayBlock) -> &'static str {
    match block.kind {
        _ if block.clash => "clash",
        DayBlockKind::Hours => "hours",
        DayBlockKind::Visit => "visit",
        DayBlockKind::Buffer => "buffer",
        DayBlockKind::Kept => "kept",
        DayBlockKind::TimeOff => "off",
        DayBlockKind::This => "this",
    }
}

/// The blocks in the order of painting: what clashes lies on top. Working hours are the ground, see `closed`.
pub fn painted(blocks: &[DayBlock]) -> Vec<&DayBlock> {
    let mut order: Vec<_> = blocks
        .iter()
        .filter(|block| block.kind != DayBlockKind::Hours)
        .collect();
    order.sort_by_key(|block| match block.kind {
        _ if block.clash => 3,
        DayBlockKind::Buffer => 0,
        DayBlockKind::This => 2,
        _ => 1,
    });
    order
}

/// The stretches of the bar without working hours, from and until.
pub fn closed(span: Span, blocks: &[DayBlock]) -> Vec<(u16, u16)> {
    let mut hours: Vec<_> = blocks
        .iter()
        .filter(|block| block.kind == DayBlockKind::Hours)
        .collect();
    hours.sort_by_key(|block| block.from_minute);
    let mut gaps = Vec::new();
    let mut at = span.from;
    for block in hours {
        if at < block.from_minute {
            gaps.push((at, block.from_minute));
        }
        at = at.max(block.until_minute);
    }
    if at < span.until {
        gaps.push((at, span.until));
    }
    gaps
}

/// What is read instead of the bar, in order of time; buffers say nothing to the ear.
pub fn told(blocks: &[DayBlock]) -> Vec<&DayBlock> {
    let mut told: Vec<_> = blocks
        .iter()
        .filter(|block| block.kind != DayBlockKind::Buffer)
        .collect();
    told.sort_by_key(|block| (block.from_minute, block.kind != DayBlockKind::Hours, block.until_minute));
    told
}

#[cfg(test)]
mod tests {
    use super::{Span, closed, painted, told};
    use scheduling::api::view::{DayBlock, DayBlockKind};

    fn block(kind: DayBlockKind, from_minute: u16, until_minute: u16) -> DayBlock {
        DayBlock {
            kind,
            from_minute,
            until_minute,
            from: String::new(),
            until: String::new(),
            label: String::new(),
            clash: false,
        }
    }

    #[test]
    fn the_bar_covers_all_blocks_on_full_hours() {
        let span = Span::around(&[
            block(DayBlockKind::Hours, 9 * 60 + 30, 13 * 60),
            block(DayBlockKind::This, 13 * 60, 13 * 60 + 45),
        ]);
        assert_eq!(span.view_box(), "540 0 300 48");
        assert_eq!(span.hours().collect::<Vec<_>>(), [540, 600, 660, 720, 780]);
    }

    #[test]
    fn a_day_without_blocks_and_a_day_to_midnight_have_a_length() {
        assert_eq!(Span::around(&[]).hours().count(), 8);
        assert_eq!(
            Span::around(&[block(DayBlockKind::Visit, 1_380, 1_440)]).view_box(),
            "1380 0 60 48"
        );
        assert_eq!(Span::around(&[block(DayBlockKind::This, 600, 600)]).hours().count(), 1);
    }

    #[test]
    fn the_list_is_in_order_and_without_buffers_and_the_request_is_painted_last() {
        let blocks = [
            block(DayBlockKind::This, 600, 645),
            block(DayBlockKind::Buffer, 590, 600),
            block(DayBlockKind::Hours, 540, 1_020),
        ];
        let kinds = |list: Vec<&DayBlock>| list.iter().map(|block| block.kind).collect::<Vec<_>>();
        assert_eq!(kinds(told(&blocks)), [DayBlockKind::Hours, DayBlockKind::This]);
        assert_eq!(kinds(painted(&blocks)), [DayBlockKind::Buffer, DayBlockKind::This]);
    }

    #[test]
    fn what_lies_between_two_shifts_is_closed() {
        let blocks = [
            block(DayBlockKind::Hours, 780, 1_020),
            block(DayBlockKind::Hours, 570, 720),
            block(DayBlockKind::This, 540, 585),
        ];
        let span = Span::around(&blocks);
        assert_eq!(closed(span, &blocks), [(540, 570), (720, 780)]);
        assert_eq!(closed(Span::around(&[]), &[]), [(540, 1_020)], "no hours that day");
    }
}
