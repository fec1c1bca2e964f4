//! Whose strokes a batch waits for: two who draw together cost one frame for each line, not two. So few are known by name, and
//! once all of them have drawn there is nothing to wait for; a crowd is waited for by the clock.

use crate::model::ClientId;

const FEW: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Company {
    last: Vec<ClientId>,
    now: Vec<ClientId>,
}

impl Company {
    pub(super) fn drew(&mut self, client: ClientId) {
        if self.now.len() <= FEW && !self.now.contains(&client) {
            self.now.push(client);
        }
    }

    /// Everybody whose strokes were in the last batch has drawn again.
    pub(super) fn is_complete(&self) -> bool {
        self.is_small() && self.last.iter().all(|client| self.now.contains(client))
    }

    /// Somebody is missing whose letter is worth being read when it comes.
    pub(super) fn is_awaited(&self) -> bool {
        self.is_small() && !self.is_complete()
    }

    pub(super) fn batch_is_told(&mut self) {
        self.last = std::mem::take(&mut self.now);
    }

    const fn is_small(&self) -> bool {
        !self.now.is_empty() && self.now.len() <= FEW && self.last.len() <= FEW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_waits_for_those_who_drew_in_the_last_one() {
        let (one, two) = (ClientId(1), ClientId(2));
        let mut company = Company::default();
        assert!(!company.is_complete() && !company.is_awaited(), "nobody draws");
        company.drew(one);
        assert!(company.is_complete(), "nobody drew before");
        company.drew(two);
        company.batch_is_told();
        company.drew(one);
        company.drew(one);
        assert!(company.is_awaited(), "the other one is missing");
        company.drew(two);
        assert!(company.is_complete() && !company.is_awaited());
    }

    #[test]
    fn a_crowd_is_not_waited_for_by_name() {
        let mut company = Company::default();
        (0..20).for_each(|n| company.drew(ClientId(n)));
        assert!(!company.is_complete() && !company.is_awaited());
        company.batch_is_told();
        company.drew(ClientId(1));
        assert!(!company.is_complete() && !company.is_awaited());
    }
}
