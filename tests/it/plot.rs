//! `palisade plot`: pictures by the real program, with no display at hand.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use roxmltree::Document;

fn sample() -> String {
    format!("{}/assets/samples/condor.ron", env!("CARGO_MANIFEST_DIR"))
}

fn plot(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palisade"))
        .arg("plot")
        .args(words)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program starts")
}

fn drawn(folder: &Path, name: &str, more: &[&str]) -> Vec<u8> {
    let path = folder.join(name);
    let out = path.display().to_string();
    let sample = sample();
    let mut words = vec![sample.as_str(), "-o", &out];
    words.extend(more);
    let done = plot(&words);
    assert!(done.status.success(), "{done:?}");
    assert!(done.stdout.is_empty() && done.stderr.is_empty(), "{done:?}");
    fs::read(path).expect("the picture is there")
}

/// Width and height in the head of a PNG file.
fn png_size(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(&bytes[12..16], b"IHDR");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn pictures_are_the_same_bytes_every_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = drawn(folder.path(), "a.png", &[]);
    assert_eq!(png_size(&first), (1920, 1080));
    assert_eq!(first, drawn(folder.path(), "b.png", &["--what", "payoff"]));
    let svg = drawn(folder.path(), "a.svg", &[]);
    assert_eq!(svg, drawn(folder.path(), "b.SVG", &[]));
}

#[test]
fn every_subject_has_its_picture_in_both_themes() {
    let folder = tempfile::tempdir().expect("a folder");
    for (what, words) in [
        (
            "payoff",
            &["Payoff: Net, condor alone dashed grey", "T+15", "8 Jan"][..],
        ),
        (
            "greeks",
            &["Greeks: Vega of Net, condors alone dashed grey", "Today"],
        ),
        ("joint", &["Joint map: Net P/L now", "SPX move"]),
    ] {
        let mut grounds = Vec::new();
        for theme in ["dark", "light"] {
            let text = drawn(folder.path(), "p.svg", &["--what", what, "--theme", theme]);
            let text = String::from_utf8(text).expect("UTF-8");
            let document = Document::parse(&text).expect("XML");
            let said: Vec<&str> = document
                .descendants()
                .filter(|node| node.has_tag_name("text"))
                .filter_map(|node| node.text())
                .collect();
            for word in words {
                assert!(said.contains(word), "{what}: no {word} in {said:?}");
            }
            let dated = said.iter().find(|line| line.contains("New York"));
            let dated = dated.expect("its date and assumption");
            assert!(dated.contains("VIX follows SPX by model, m = 1"), "{dated}");
            let ground = document
                .descendants()
                .find(|node| node.has_tag_name("rect") && node.has_attribute("fill"));
            grounds.push(
                ground
                    .and_then(|node| node.attribute("fill"))
                    .map(str::to_owned),
            );
        }
        assert_ne!(grounds[0], grounds[1]);
    }
}

#[test]
fn legs_without_a_campaign_are_drawn_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let legs = folder.path().join("legs.csv");
    let rows = "root,kind,strike,expiry,quantity,price\nSPXW,put,5900,2026-07-24,-1,20\nSPXW,put,5850,2026-07-24,1,14\n";
    fs::write(&legs, rows).expect("written");
    let out = folder.path().join("legs.svg").display().to_string();
    let legs = legs.display().to_string();
    let market = [
        "--spot",
        "6100",
        "--as-of",
        "2026-06-24T16:15",
        "--vix",
        "17",
    ];
    let mut words = vec![legs.as_str(), "--output", &out];
    words.extend(market);
    let done = plot(&words);
    assert!(done.status.success(), "{done:?}");
    let text = fs::read_to_string(out).expect("the picture");
    assert!(text.contains(">5,900P<") && text.contains("assumed: the median for this VIX"));
}

#[test]
fn bad_input_is_said_in_a_line_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = |name: &str| folder.path().join(name).display().to_string();
    let (jpg, png, missing) = (here("a.jpg"), here("none/a.png"), here("none.ron"));
    let sample = sample();
    let empty = here("empty.csv");
    fs::write(&empty, "root,kind,strike,expiry,quantity,price\n").expect("written");
    for (words, said) in [
        (
            vec![sample.as_str(), "-o", &jpg],
            "expected a path that ends in .svg or .png",
        ),
        (vec![sample.as_str(), "-o", &png], "none/a.png"),
        (vec![missing.as_str(), "-o", &jpg], "expected a path"),
        (
            vec![sample.as_str(), "-o", &here("b.png"), "--what", "pie"],
            "pie",
        ),
        (vec![sample.as_str()], "--output"),
        (
            vec![sample.as_str(), "-o", &here("c.png"), "--spot", "6000"],
            "--spot",
        ),
    ] {
        let done = plot(&words);
        assert_eq!(done.status.code(), Some(2), "{words:?}");
        let error = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(error.contains(said), "{words:?}: {error}");
        assert!(done.stdout.is_empty());
    }
    let market = ["--spot", "6100", "--as-of", "2026-06-24T16:15"];
    let out = here("d.png");
    let mut words = vec![empty.as_str(), "-o", &out];
    words.extend(market);
    assert_eq!(plot(&words).status.code(), Some(2));
    let left = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(left, 1, "only the CSV of the test");
}
