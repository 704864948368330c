/// A column of small numbers, as narrow as its largest allows.
#[derive(Clone, Debug)]
pub(super) enum IdColumn {
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
}

impl Default for IdColumn {
    fn default() -> Self {
        Self::Narrow(Vec::new())
    }
}

impl IdColumn {
    pub(super) fn push(&mut self, id: u32) {
        match self {
            Self::Narrow(column) => {
                if let Ok(id) = u8::try_from(id) {
                    column.push(id);
                } else {
                    *self = Self::Middle(column.iter().copied().map(u16::from).collect());
                    self.push(id);
                }
            }
            Self::Middle(column) => {
                if let Ok(id) = u16::try_from(id) {
                    column.push(id);
                } else {
                    *self = Self::Wide(column.iter().copied().map(u32::from).collect());
                    self.push(id);
                }
            }
            Self::Wide(column) => column.push(id),
        }
    }

    pub(super) fn get(&self, index: usize) -> u32 {
        match self {
            Self::Narrow(column) => u32::from(column[index]),
            Self::Middle(column) => u32::from(column[index]),
            Self::Wide(column) => column[index],
        }
    }

    /// Keeps in `lines` only those whose id is in `mask`.
    pub(super) fn retain(&self, lines: &mut Vec<u32>, mask: &[bool]) {
        match self {
            Self::Narrow(column) => lines.retain(|&line| mask[column[line as usize] as usize]),
            Self::Middle(column) => lines.retain(|&line| mask[column[line as usize] as usize]),
            Self::Wide(column) => lines.retain(|&line| mask[column[line as usize] as usize]),
        }
    }

    /// Bytes in use.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Narrow(column) => column.len(),
            Self::Middle(column) => column.len() * 2,
            Self::Wide(column) => column.len() * 4,
        }
    }
}
