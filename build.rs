//! Stamps the version line with the commit and, on Windows, the executable with its icon.

use std::path::Path;
use std::process::Command;

fn main() {
    for path in [
        "build.rs",
        ".git/HEAD",
        ".git/refs/heads/main",
        "assets/icon.ico",
    ] {
        if Path::new(path).exists() {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    println!("cargo:rustc-env=PALISADE_COMMIT={}", commit());
    #[cfg(windows)]
    stamp_icon();
}

/// The short commit, or `unknown` outside a checkout.
fn commit() -> String {
    Command::new("git")
        .args(["rev-parse", "--short=10", "HEAD"])
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| String::from("unknown"), |text| text.trim().to_owned())
}

#[cfg(windows)]
fn stamp_icon() {
    if let Err(error) = winresource::WindowsResource::new()
        .set_icon("assets/icon.ico")
        .compile()
    {
        println!("cargo:warning=the icon was not stamped: {error}");
    }
}
