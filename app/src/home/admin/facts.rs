//! The sentences of the admin's first page.

use letters::api::PostView;
use scheduling::api::view::{ClosuresView, ConnectionsView, PrescreensView, RulesView};

/// What somebody should do something about.
pub fn alarms(post: &PostView) -> Vec<String> {
    let late = (post.late > 0).then(|| {
        let (letters, wait) = if post.late == 1 {
            ("letter", "waits")
        } else {
            ("letters", "wait")
        };
        format!(
            "{} {letters} {wait} longer than a quarter of an hour. Look at the mail server.",
            post.late
        )
    });
    let given_up = (post.given_up > 0).then(|| {
        let letters = if post.given_up == 1 {
            "letter was"
        } else {
            "letters were"
        };
        format!(
            "{} {letters} given up. The desk has the list and can send again.",
            post.given_up
        )
    });
    let unsure = (post.unsure > 0).then(|| {
        let letters = if post.unsure == 1 { "letter" } else { "letters" };
        format!(
            "Nobody knows whether {} {letters} arrived. The desk has the list.",
            post.unsure
        )
    });
    [late, given_up, unsure].into_iter().flatten().collect()
}

pub fn post(post: &PostView) -> String {
    match &post.last_sent {
        Some(at) => format!("The last one left on {at}."),
        None => "None was sent yet.".to_owned(),
    }
}

pub fn rules(rules: &RulesView) -> String {
    match rules.log.first() {
        Some(last) if last.planned => {
            format!("A change by {}, made on {}, does not hold yet.", last.by, last.at.day)
        }
        Some(last) => format!("Last changed on {}, {}, by {}.", last.at.day, last.at.from, last.by),
        None => "Nothing was changed; the defaults hold.".to_owned(),
    }
}

pub fn forms(forms: &PrescreensView) -> String {
    let asked = forms
        .forms
        .iter()
        .filter(|form| form.version.is_some() && !form.retired)
        .count();
    match asked {
        0 => "Patients are asked nothing.".to_owned(),
        1 => "1 form is asked.".to_owned(),
        count => format!("{count} forms are asked."),
    }
}

pub fn connections(found: &ConnectionsView) -> String {
    let living: Vec<_> = found.rows.iter().filter(|row| row.revoked.is_none()).collect();
    let last = living
        .iter()
        .filter_map(|row| row.last_used.as_ref())
        .max_by_key(|at| at.starts);
    let count = match living.len() {
        0 => return "No program is connected.".to_owned(),
        1 => "1 program may ask".to_owned(),
        count => format!("{count} programs may ask"),
    };
    match last {
        Some(at) => format!("{count}; the last one did on {}, {}.", at.day, at.from),
        None => format!("{count}; none did yet."),
    }
}

pub fn closures(found: &ClosuresView) -> String {
    match found.rows.first() {
        Some(row) if row.when.day == row.last_day => format!("Next: {}, {}.", row.when.day, row.reason),
        Some(row) => format!("Next: {} to {}, {}.", row.when.day, row.last_day, row.reason),
        None => "None is planned.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{alarms, post};
    use letters::api::PostView;

    const QUIET: PostView = PostView {
        late: 0,
        given_up: 0,
        unsure: 0,
        last_sent: None,
    };

    #[test]
    fn a_quiet_post_alarms_nobody() {
        assert!(alarms(&QUIET).is_empty());
        assert_eq!(post(&QUIET), "None was sent yet.");
    }

    #[test]
    fn every_trouble_is_an_alarm_of_its_own_with_who_can_help() {
        let trouble = PostView {
            late: 1,
            given_up: 3,
            unsure: 2,
            last_sent: Some("Tue 24 Nov, 10:00".to_owned()),
        };
        let said = alarms(&trouble);
        assert_eq!(said.len(), 3);
        assert!(
            said[0].starts_with("1 letter waits") && said[0].contains("mail server"),
            "{said:?}"
        );
        assert!(
            said[1].starts_with("3 letters were given up") && said[1].contains("desk"),
            "{said:?}"
        );
        assert!(said[2].contains("2 letters"), "{said:?}");
        assert_eq!(post(&trouble), "The last one left on Tue 24 Nov, 10:00.");
    }
}
