//! An item of the queue: which kind of thing waits, and which one.

use super::codes;
use kernel::{RequestId, VisitId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

codes! {
    /// What kind of thing waits.
    Kind {
        /// A request, for its decision.
        Request = "request",
        /// Other times proposed to a patient.
        Proposal = "proposal",
        /// An agreed visit that falls into time off or a closure.
        Affected = "affected",
        /// A visit of which nobody has said what became.
        Confirm = "confirm",
        /// A letter that could not be delivered.
        Letter = "letter",
        /// An offer to somebody on the waiting list.
        Waitlist = "waitlist",
    }
}

/// One item, as addresses carry it: `request-0199…`. A bare id is a request, as in the addresses from before there were kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ItemId {
    pub kind: Kind,
    pub id: Uuid,
}

impl ItemId {
    pub fn request(self) -> Option<RequestId> {
        (self.kind == Kind::Request).then(|| self.id.into())
    }

    pub fn visit(self) -> Option<VisitId> {
        matches!(self.kind, Kind::Affected | Kind::Confirm).then(|| self.id.into())
    }
}

impl From<RequestId> for ItemId {
    fn from(request: RequestId) -> Self {
        Self {
            kind: Kind::Request,
            id: request.uuid(),
        }
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.kind.as_str(), self.id)
    }
}

/// The text names no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an item")]
pub struct NotAnItem;

impl FromStr for ItemId {
    type Err = NotAnItem;
    fn from_str(text: &str) -> Result<Self, NotAnItem> {
        let (kind, id) = match text.split_once('-') {
            Some((kind, id)) if kind.parse::<Kind>().is_ok() => (kind, id),
            _ => (Kind::Request.as_str(), text),
        };
        Ok(Self {
            kind: kind.parse().map_err(|_| NotAnItem)?,
            id: id.parse().map_err(|_| NotAnItem)?,
        })
    }
}

impl From<ItemId> for String {
    fn from(item: ItemId) -> Self {
        item.to_string()
    }
}

impl TryFrom<String> for ItemId {
    type Error = NotAnItem;
    fn try_from(text: String) -> Result<Self, NotAnItem> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemId, Kind};
    use uuid::Uuid;

    #[test]
    fn an_item_survives_its_text_and_a_bare_id_is_a_request() {
        let id = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001);
        for kind in Kind::ALL {
            let item = ItemId { kind: *kind, id };
            assert_eq!(item.to_string().parse(), Ok(item));
        }
        assert_eq!(id.to_string().parse::<ItemId>().unwrap().kind, Kind::Request);
        assert!("letter-".parse::<ItemId>().is_err() && "".parse::<ItemId>().is_err());
    }
}
