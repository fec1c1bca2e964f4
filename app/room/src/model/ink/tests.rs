use super::*;

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Golden {
    name: String,
    size: f64,
    thinning: f64,
    smoothing: f64,
    streamline: f64,
    simulate_pressure: bool,
    last: bool,
    points: Vec<[f64; 3]>,
    outline: Vec<Vec2>,
}

#[test]
fn outlines_are_those_of_the_original() {
    let cases: Vec<Golden> = serde_json::from_str(include_str!("../../../tests/fixtures/freehand.json")).unwrap();
    assert_eq!(cases.len(), 21);
    for golden in cases {
        let points: Vec<InkPoint> = golden
            .points
            .iter()
            .map(|[x, y, pressure]| InkPoint {
                at: [*x, *y],
                pressure: Some(*pressure),
            })
            .collect();
        let options = Options {
            size: golden.size,
            thinning: golden.thinning,
            smoothing: golden.smoothing,
            streamline: golden.streamline,
            simulate_pressure: golden.simulate_pressure,
            last: golden.last,
        };
        let ours = outline(&points, &options);
        assert_eq!(ours.len(), golden.outline.len(), "{} at {}", golden.name, golden.size);
        for (ours, theirs) in ours.iter().zip(&golden.outline) {
            assert!(
                length(sub(*ours, *theirs)) < 1e-3,
                "{}: {ours:?} is not {theirs:?}",
                golden.name
            );
        }
    }
}

#[test]
fn nothing_makes_no_outline() {
    let options = Options {
        size: 9.0,
        thinning: 0.5,
        smoothing: 0.5,
        streamline: 0.5,
        simulate_pressure: true,
        last: true,
    };
    assert!(outline(&[], &options).is_empty());
}
