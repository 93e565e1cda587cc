//! A pack as RON text: one number a line, as the shipped packs are written.

use serde::Serialize;

use super::pack::RulePack;

/// First lines of a pack file.
const HEADING: &str = "// Palisade rule pack. Every number says its unit, what its sign means, who says so and why.\n\
// source: Method (the method's main text), MethodVariant (elsewhere by its authors), Palisade (the program's, where the text is silent), Own (yours).";

/// Fields of a pack stand at this indent.
const INDENT: &str = "    ";

impl RulePack {
    /// The pack as text that [`RulePack::from_ron`] reads back.
    ///
    /// # Errors
    /// RON's own error, when a value has no text.
    pub fn to_ron(&self) -> Result<String, ron::Error> {
        let body = self.to_ron_body()?;
        Ok(format!("{HEADING}\nRulePack{body}\n"))
    }

    /// The same without heading and name, to stand inside another file.
    ///
    /// # Errors
    /// RON's own error, when a value has no text.
    pub fn to_ron_body(&self) -> Result<String, ron::Error> {
        let mut out = "(\n".to_owned();
        for (name, value) in self.fields()? {
            let indented = value.replace('\n', &format!("\n{INDENT}"));
            out.extend([INDENT, name, ": ", &indented, ",\n"]);
        }
        out.push(')');
        Ok(out)
    }

    fn fields(&self) -> Result<Vec<(&'static str, String)>, ron::Error> {
        let Self {
            schema,
            id,
            version,
            based_on,
            title,
            about,
            layers,
            entry,
            monetise,
            vega_band,
            theta,
            budgets,
            break_evens,
            signals,
            rules,
            evaluates,
            precedence,
            decision,
        } = self;
        let mut fields = vec![
            ("schema", pretty(schema, 0)?),
            ("id", pretty(id, 0)?),
            ("version", pretty(version, 0)?),
        ];
        if let Some(based_on) = based_on {
            fields.push(("based_on", format!("Some({})", pretty(based_on, 0)?)));
        }
        fields.extend([
            ("title", pretty(title, 0)?),
            ("about", pretty(about, 0)?),
            ("layers", pretty(layers, 2)?),
            ("entry", pretty(entry, 1)?),
            ("monetise", pretty(monetise, 1)?),
            ("vega_band", pretty(vega_band, 1)?),
            ("theta", pretty(theta, 1)?),
            ("budgets", pretty(budgets, 1)?),
            ("break_evens", pretty(break_evens, 1)?),
            ("signals", pretty(signals, 2)?),
            ("rules", pretty(rules, 2)?),
            ("evaluates", pretty(evaluates, 1)?),
            ("precedence", pretty(precedence, 1)?),
            ("decision", pretty(decision, 2)?),
        ]);
        Ok(fields)
    }
}

/// RON with the outermost `depth` levels spread over lines.
fn pretty<T: Serialize>(value: &T, depth: usize) -> Result<String, ron::Error> {
    let config = ron::ser::PrettyConfig::new()
        .depth_limit(depth)
        .new_line("\n")
        .indentor(INDENT);
    ron::ser::to_string_pretty(value, config)
}

#[cfg(test)]
mod tests {
    use crate::policy::RulePack;

    #[test]
    fn a_written_pack_reads_back_a_number_a_line() {
        let own = RulePack::alvh()
            .with_number("signals.regime.vix_limit", 25.0)
            .expect("valid");
        for pack in [RulePack::alvh(), RulePack::vxth(), &own] {
            let text = pack.to_ron().expect("it has text");
            assert_eq!(RulePack::from_ron(&text).as_ref(), Ok(pack));
            let longest = text.lines().map(|line| line.matches("unit:").count()).max();
            assert_eq!(longest, Some(1), "{text}");
        }
    }
}
