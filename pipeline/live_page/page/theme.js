// SPDX-License-Identifier: Apache-2.0
// Light, dark, or as the system has it; remembered on this machine.

const kThemes = ['auto', 'light', 'dark'];
const kNames = { auto: 'as the system has it', light: 'light', dark: 'dark' };
const kStored = 'copydesk-theme';

function stored() {
  try {
    return localStorage.getItem(kStored);
  } catch {
    return null; // storage is forbidden: the theme lasts as long as the page
  }
}

export function offerThemes(button) {
  let theme = kThemes.includes(stored()) ? stored() : 'auto';
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    button.dataset.theme = theme;
    button.setAttribute('aria-label', `Colours: ${kNames[theme]}`);
    button.title = `Colours: ${kNames[theme]} (t)`;
  };
  const next = () => {
    theme = kThemes[(kThemes.indexOf(theme) + 1) % kThemes.length];
    try {
      localStorage.setItem(kStored, theme);
    } catch {
      // As above.
    }
    apply();
  };
  button.addEventListener('click', next);
  document.addEventListener('keydown', (event) => {
    if (event.key === 't' && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) next();
  });
  apply();
}
