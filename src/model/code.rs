//! Values of a closed list, written in files as short codes. Their words are in `src/text/`, under `NAME-CODE`.

/// Declares an enum whose variants are written as codes, with `ALL`, `code`, `of_code` and serde by code.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident as $list:literal { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The code, as it is written in files and on the command line.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }

            pub fn of_code(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$variant),)+ _ => None }
            }

            /// The key of its words in `src/text/`.
            pub fn key(self) -> String {
                format!(concat!($list, "-{}"), self.code())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            /// The error lists the codes that there are.
            fn from_str(text: &str) -> Result<$name, String> {
                $name::of_code(text).ok_or_else(|| [$($code),+].join(", "))
            }
        }
    };
}
pub(crate) use codes;
