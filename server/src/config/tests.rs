use super::*;

fn parse(variables: &[(&str, &str)]) -> Result<Config, Wrong> {
    Config::parse(|name| {
        variables
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| OsString::from(value))
    })
}

#[test]
fn nothing_need_be_set() {
    let config = parse(&[]).unwrap();
    assert!(config.database.is_none());
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.origin.as_str(), "http://127.0.0.1:3000");
    assert_eq!(config.master_key_file, PathBuf::from("data/keys/master.key"));
    assert!(config.turn.is_none());
    assert!(config.mail.server.is_none());
    assert_eq!(config.mail.sender.address, "visits@localhost");
    assert_eq!(config.clinic_phone.as_deref(), Some("+1 555 0100"));
    assert_eq!(config.proxy, Proxy::None);
    assert!(config.development);
}

#[test]
fn a_wrong_value_is_one_line_that_names_its_variable() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("LISTEN", &[("LISTEN", "3000")]),
        ("LISTEN", &[("LISTEN", "localhost")]),
        ("LISTEN", &[("LISTEN", "127.0.0.1:70000")]),
        ("PUBLIC_ORIGIN", &[("LISTEN", "127.0.0.1:0")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "clinic.example")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "http://clinic.example")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "http://127.0.0.1.clinic.example")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "https://clinic.example/app")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "https://clinic.example?a=b")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "https://me@clinic.example")]),
        ("PUBLIC_ORIGIN", &[("PUBLIC_ORIGIN", "ftp://clinic.example")]),
        ("DATABASE_URL", &[("DATABASE_URL", "mysql://localhost/clinic")]),
        ("DATABASE_URL", &[("DATABASE_URL", "postgres://[broken")]),
        (
            "DATABASE_OWNER_URL",
            &[("DATABASE_OWNER_URL", "postgres://localhost/clinic")],
        ),
        (
            "DATABASE_OWNER_URL",
            &[("DATABASE_URL", "postgres://localhost/a"), ("DATABASE_OWNER_URL", "x")],
        ),
        ("TURN_SECRET", &[("TURN_URLS", "turn:turn.example:3478")]),
        ("TURN_URLS", &[("TURN_SECRET", "s")]),
        ("RELAY_ONLY", &[("RELAY_ONLY", "yes")]),
        ("CLINIC_PHONE", &[("CLINIC_PHONE", "call us")]),
        ("CLINIC_PHONE", &[("CLINIC_PHONE", "+1 <script>")]),
        ("TURN_URLS", &[("TURN_URLS", "turn.example"), ("TURN_SECRET", "s")]),
        ("TURN_URLS", &[("TURN_URLS", "turn:a.example,"), ("TURN_SECRET", "s")]),
        (
            "SMTP_URL",
            &[("SMTP_URL", "mail.example"), ("MAIL_FROM", "a@b.example")],
        ),
        (
            "SMTP_URL",
            &[("SMTP_URL", "smtp://mail.example"), ("MAIL_FROM", "a@b.example")],
        ),
        ("MAIL_FROM", &[("SMTP_URL", "smtps://mail.example")]),
        ("MAIL_FROM", &[("MAIL_FROM", "Visits")]),
        (
            "MAIL_FROM",
            &[("MAIL_FROM", "Visits <visits@a.example> <visits@b.example>")],
        ),
        ("DEVELOPMENT", &[("DEVELOPMENT", "perhaps")]),
        ("BEHIND_PROXY", &[("BEHIND_PROXY", "10.0.0.1")]),
        ("LOG", &[("LOG", "=,=loud")]),
    ];
    for (variable, environment) in cases {
        let line = parse(environment)
            .map(drop)
            .expect_err(&format!("{environment:?}"))
            .to_string();
        assert!(
            line.starts_with(&format!("{variable}: ")),
            "{environment:?} gave {line}"
        );
        assert!(!line.contains('\n'), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStringExt;
    let found = Config::parse(|name| (name == "DATA_DIR").then(|| OsString::from_vec(vec![0xff])));
    assert_eq!(found.unwrap_err().to_string(), "DATA_DIR: is not UTF-8");
}

#[test]
fn a_wrong_address_does_not_give_its_password_away() {
    let line = parse(&[("DATABASE_URL", "pg://me:hunter2@host/x")])
        .unwrap_err()
        .to_string();
    assert!(!line.contains("hunter2"), "{line}");
}

#[test]
fn a_log_of_the_configuration_shows_no_secret() {
    let config = parse(&[
        ("DATABASE_URL", "postgres://me:hunter2@host/x"),
        ("TURN_URLS", "turn:turn.example"),
        ("TURN_SECRET", "hunter2"),
    ])
    .unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert_eq!(&*config.turn.unwrap().secret, "hunter2");
}

#[test]
fn the_owner_is_the_app_unless_it_is_named() {
    let urls = parse(&[("DATABASE_URL", "postgres://host/x")])
        .unwrap()
        .database
        .unwrap();
    assert_eq!(urls.app, urls.owner);
}

#[test]
fn the_development_pages_hide_where_others_can_come() {
    let development = |variables: &[(&str, &str)]| parse(variables).unwrap().development;
    assert!(!development(&[("PUBLIC_ORIGIN", "https://clinic.example")]));
    assert!(!development(&[("DEVELOPMENT", "false")]));
    assert!(development(&[("DEVELOPMENT", "")]));
}

#[test]
fn a_forwarded_address_is_believed_only_when_the_operator_says_so() {
    let proxy = |variables: &[(&str, &str)]| parse(variables).unwrap().proxy;
    assert_eq!(proxy(&[("PUBLIC_ORIGIN", "https://clinic.example")]), Proxy::None);
    assert_eq!(proxy(&[("BEHIND_PROXY", "on")]), Proxy::Trusted);
    assert_eq!(proxy(&[("BEHIND_PROXY", "off")]), Proxy::None);
}

#[test]
fn letters_leave_by_the_server_that_is_set_in_the_name_that_is_set() {
    let set = [
        ("SMTP_URL", "smtps://user:hunter2@mail.example"),
        ("MAIL_FROM", "Our visits <visits@clinic.example>"),
    ];
    let config = parse(&set).unwrap();
    assert_eq!(
        (config.mail.sender.name.as_str(), config.mail.sender.address.as_str()),
        ("Our visits", "visits@clinic.example")
    );
    assert!(config.mail.server.is_some());
    assert!(!format!("{config:?}").contains("hunter2"));
    let wrong = parse(&[
        ("SMTP_URL", "smtp://user:hunter2@mail.example"),
        ("MAIL_FROM", "a@b.example"),
    ]);
    assert!(!wrong.unwrap_err().to_string().contains("hunter2"));
}
