//! Whose strokes a batch waits for: two who draw together cost one frame for each line, not two. So few are known by name, and
//! once all of them have drawn there is nothing to wait for; a crowd is waited for by the clock.

use crate::model::ClientId;

const FEW: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Company {
    last: Vec<ClientId>,
    now: Vec<ClientId>,
    /// Waiting did not bring them together: they draw out of step, and are not waited for until they meet by themselves.
    in_vain: bool,
}

impl Company {
    pub(super) fn drew(&mut self, client: ClientId) {
        if self.now.len() <= FEW && !self.now.contains(&client) {
            self.now.push(client);
        }
    }

    /// Everybody whose strokes were in the last batch has drawn again, or is not worth waiting for.
    pub(super) fn is_complete(&self) -> bool {
        self.is_small() && (self.in_vain || self.last.iter().all(|client| self.now.contains(client)))
    }

    /// Somebody is missing whose letter is worth being read when it comes.
    pub(super) fn is_awaited(&self) -> bool {
        self.is_small() && !self.is_complete()
    }

    pub(super) fn batch_is_told(&mut self) {
        self.in_vain = self.now.len() < 2 && (self.in_vain || self.is_awaited());
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
    fn who_draws_out_of_step_is_waited_for_once() {
        let (one, two) = (ClientId(1), ClientId(2));
        let mut company = Company::default();
        company.drew(one);
        company.batch_is_told();
        company.drew(two);
        assert!(company.is_awaited(), "they may draw together");
        company.batch_is_told();
        for client in [one, two, one] {
            company.drew(client);
            assert!(company.is_complete(), "it was in vain");
            company.batch_is_told();
        }
        company.drew(two);
        company.drew(one);
        company.batch_is_told();
        company.drew(one);
        assert!(company.is_awaited(), "they met by themselves");
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
