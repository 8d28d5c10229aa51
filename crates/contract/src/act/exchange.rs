//! Exchanges by line, stick and relay.

use daiban_domain::UnitCode;
use serde::{Deserialize, Serialize};

/// One exchange with the hub, now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exchange {
    /// Also photos and scans where the line is metered.
    pub attachments: bool,
}

/// Writes what a unit lacks into a file for a stick, sealed to its devices and those above it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExportBundle {
    /// Where to write it: a file, or a folder in which it gets a name without personal data. `None`: the desk's own folder
    /// for bundles.
    pub file: Option<String>,
    /// `None`: the unit above this desk's.
    pub unit: Option<UnitCode>,
    /// Everything that the unit may read, also what it is known to hold.
    pub all: bool,
}

/// Takes in a bundle from a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportBundle {
    pub file: String,
}

/// One exchange with the township's relay, now, whether or not the county can be reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallRelay {}

/// Sets the ways beside the county's hub; what is `None` stays as it is, an empty text is no way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SetWays {
    /// A township's desk on the local network, called while the hub can't be reached: `https://host:port`, or what of it a
    /// person types.
    pub call: Option<String>,
    /// Where this desk serves its villages: `host:port`.
    pub listen: Option<String>,
}
