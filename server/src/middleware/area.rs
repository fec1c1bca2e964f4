//! The first segment of an address names its audience. Signed out leads to the sign-in and back; another role's area is
//! absent. Server functions under `/api` decide for themselves.

use super::{Site, absent};
use axum::{
    extract::{Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use identity::{http::JustEnded, model::next::is_own_path};
use kernel::{Actor, Role};

const SIGN_IN: &str = "/sign-in";

/// Who belongs to the area of a path; `None` for a path that is everybody's.
fn audience(path: &str) -> Option<&'static [Role]> {
    let first = path.split('/').nth(1).unwrap_or_default();
    match first {
        "my" => Some(&[Role::Patient, Role::Guardian]),
        "care" => Some(&[Role::Therapist]),
        "desk" => Some(&[Role::Liaison]),
        "partner" => Some(&[Role::Partner]),
        "admin" => Some(&[Role::Admin]),
        "room" => Some(&[Role::Patient, Role::Guardian, Role::Therapist]),
        // Links of letters, which lead on to one of the areas above.
        "v" | "r" | "p" | "o" => Some(&[Role::Patient, Role::Guardian, Role::Therapist, Role::Liaison]),
        _ => None,
    }
}

/// Lets the audience pass, sends a stranger to the sign-in, and shows everybody else an absent page.
pub async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let actor = request.extensions().get::<Actor>();
    match (audience(path), actor) {
        (Some(roles), Some(actor)) if !roles.contains(&actor.role) => absent::not_found(&site.stylesheet),
        (Some(_), None) => Redirect::to(&sign_in(path, why(&request))).into_response(),
        (None, Some(actor)) if path == SIGN_IN && request.method() == Method::GET => {
            Redirect::to(actor.role.home()).into_response()
        }
        _ => next.run(request).await,
    }
}

/// A plain form that was refused comes back to its page with this in the query. Without anybody signed in, that is what it was
/// refused for: whoever sent it believes it to be sent.
const REFUSED_FORM: &str = "__err=";

/// Why somebody who was at work is asked to sign in. That what they sent was not taken matters more than what ended their time.
fn why(request: &Request) -> Option<&'static str> {
    let query = request.uri().query().unwrap_or_default();
    if query.split('&').any(|part| part.starts_with(REFUSED_FORM)) {
        return Some("unsent");
    }
    request.extensions().get().map(|JustEnded(why)| why.as_str())
}

/// The way to the sign-in, with the way back: the path alone, because a query may hold what somebody typed.
fn sign_in(path: &str, why: Option<&str>) -> String {
    let mut address = SIGN_IN.to_owned();
    let mut separator = '?';
    if is_own_path(path) {
        address.push_str("?next=");
        address.push_str(path);
        separator = '&';
    }
    if let Some(why) = why {
        address.push(separator);
        address.push_str("ended=");
        address.push_str(why);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::guard;
    use crate::middleware::{
        Proxy, Site,
        testing::{header, text},
    };
    use axum::{Router, body::Body, http::Request, http::StatusCode, middleware, response::Response, routing::get};
    use identity::{http::JustEnded, model::session::Ended};
    use kernel::{Actor, Ids, RandomIds, Role};
    use tower::ServiceExt;

    async fn answer(path: &str, role: Option<Role>, ended: Option<Ended>) -> Response {
        let site = Site {
            origin: "https://clinic.example".parse().unwrap(),
            proxy: Proxy::None,
            stylesheet: "/pkg/style.css".into(),
        };
        let app = Router::new()
            .route("/{*any}", get(async || "inside"))
            .layer(middleware::from_fn_with_state(site, guard));
        let mut request = Request::get(path).body(Body::empty()).unwrap();
        if let Some(role) = role {
            let ids: &dyn Ids = &RandomIds;
            request.extensions_mut().insert(Actor {
                account: ids.next(),
                role,
                session: ids.next(),
            });
        }
        if let Some(ended) = ended {
            request.extensions_mut().insert(JustEnded(ended));
        }
        app.oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn each_area_is_for_its_roles_and_absent_for_all_others() {
        let areas = [
            ("/my", [true, true, false, false, false, false]),
            ("/care/patients", [false, false, true, false, false, false]),
            ("/desk/visits/7", [false, false, false, true, false, false]),
            ("/partner", [false, false, false, false, true, false]),
            ("/admin/audit", [false, false, false, false, false, true]),
            ("/room/7", [true, true, true, false, false, false]),
            ("/v/7", [true, true, true, true, false, false]),
            ("/r/7", [true, true, true, true, false, false]),
            ("/p/7", [true, true, true, true, false, false]),
            ("/o/7", [true, true, true, true, false, false]),
            ("/api/people/open_patient", [true; 6]),
            ("/myself", [true; 6]),
            ("/help", [true; 6]),
        ];
        for (path, allowed) in areas {
            for (role, allowed) in Role::ALL.into_iter().zip(allowed) {
                let status = answer(path, Some(role), None).await.status();
                let expected = if allowed { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(status, expected, "{role} at {path}");
            }
        }
    }

    #[tokio::test]
    async fn a_stranger_is_led_to_the_sign_in_and_back_by_path_alone() {
        let response = answer("/my/visits/7?find=secret", None, None).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(header(&response, "location"), "/sign-in?next=/my/visits/7");
        let linked = answer("/v/7?utm=mail", None, None).await;
        assert_eq!(header(&linked, "location"), "/sign-in?next=/v/7");
        let odd = answer("/my//evil.example", None, None).await;
        assert_eq!(header(&odd, "location"), "/sign-in");
    }

    #[tokio::test]
    async fn who_was_signed_out_by_time_learns_why() {
        let response = answer("/care", None, Some(Ended::Idle)).await;
        assert_eq!(header(&response, "location"), "/sign-in?next=/care&ended=idle");
    }

    #[tokio::test]
    async fn who_sent_a_form_too_late_learns_that_it_was_not_taken() {
        let refused = "/my/visits/7/cancel?__path=%2Fapi%2Fscheduling%2Fcancel_visit&__err=IlNpZ25lZE91dCI";
        for ended in [None, Some(Ended::Idle)] {
            let response = answer(refused, None, ended).await;
            assert_eq!(
                header(&response, "location"),
                "/sign-in?next=/my/visits/7/cancel&ended=unsent"
            );
        }
        let typed = answer("/my/find?words=x__err=", None, None).await;
        assert_eq!(header(&typed, "location"), "/sign-in?next=/my/find");
    }

    #[tokio::test]
    async fn who_is_signed_in_has_no_use_for_the_sign_in() {
        assert_eq!(
            header(&answer("/sign-in", Some(Role::Liaison), None).await, "location"),
            "/desk"
        );
        assert_eq!(answer("/sign-in", None, None).await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn the_absent_page_says_nothing_of_the_area_and_has_no_script() {
        let text = text(answer("/desk/visits/7", Some(Role::Patient), None).await).await;
        assert!(
            text.contains("is not here") && !text.contains("desk") && !text.contains("<script"),
            "{text}"
        );
    }
}
