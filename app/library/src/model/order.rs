//! The order of a session: items one after the other, each at most once.

use super::ItemId;

/// More than anybody shows in an hour, and a bound for the page and the preload.
pub const MOST_ITEMS: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order(Vec<ItemId>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the order is full")]
pub struct Full;

impl Order {
    pub const fn new(items: Vec<ItemId>) -> Self {
        Self(items)
    }

    pub fn items(&self) -> &[ItemId] {
        &self.0
    }

    /// At the end; one that is already there stays where it is.
    ///
    /// # Errors
    /// `Full`.
    pub fn add(&mut self, item: ItemId) -> Result<(), Full> {
        if self.0.contains(&item) {
            return Ok(());
        }
        if self.0.len() >= MOST_ITEMS {
            return Err(Full);
        }
        self.0.push(item);
        Ok(())
    }

    pub fn remove(&mut self, item: ItemId) {
        self.0.retain(|other| *other != item);
    }

    /// To a place counted from 0; past the end means last. One that is not there stays away.
    pub fn move_to(&mut self, item: ItemId, place: usize) {
        let Some(from) = self.0.iter().position(|other| *other == item) else {
            return;
        };
        let item = self.0.remove(from);
        self.0.insert(place.min(self.0.len()), item);
    }
}

#[cfg(test)]
mod tests {
    use super::{Full, MOST_ITEMS, Order};
    use crate::model::ItemId;
    use kernel::__uuid::Uuid;
    use proptest::prelude::*;

    fn item(n: u128) -> ItemId {
        ItemId::new(Uuid::from_u128(n))
    }

    #[test]
    fn an_item_is_there_once() {
        let mut order = Order::default();
        for n in [1, 2, 1, 3] {
            order.add(item(n)).unwrap();
        }
        assert_eq!(order.items(), [item(1), item(2), item(3)]);
        order.remove(item(2));
        order.remove(item(9));
        assert_eq!(order.items(), [item(1), item(3)]);
    }

    #[test]
    fn a_full_order_takes_no_more() {
        let mut order = Order::new((0..MOST_ITEMS as u128).map(item).collect());
        assert_eq!(order.add(item(1000)), Err(Full));
        assert_eq!(order.add(item(0)), Ok(()));
    }

    proptest! {
        #[test]
        fn moving_loses_nothing(count in 0_u128..12, which in 0_u128..14, place in 0_usize..20) {
            let mut order = Order::new((0..count).map(item).collect());
            order.move_to(item(which), place);
            let mut sorted = order.items().to_vec();
            if which < count {
                prop_assert_eq!(sorted[place.min(sorted.len() - 1)], item(which));
            }
            sorted.sort();
            prop_assert_eq!(sorted, (0..count).map(item).collect::<Vec<_>>());
        }
    }
}
