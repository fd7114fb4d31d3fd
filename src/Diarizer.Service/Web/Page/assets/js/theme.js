// Light, dark, or as the system has it.

const choices = ['auto', 'light', 'dark'];
const words = { auto: 'as the system', light: 'light', dark: 'dark' };
const signs = { auto: '◐', light: '☀', dark: '☾' };

export function startTheme(button, changed) {
  let choice = stored();
  const apply = () => {
    if (choice === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    button.setAttribute('aria-label', `Colours: ${words[choice]}`);
    button.title = `Colours: ${words[choice]}`;
    button.textContent = signs[choice];
    changed();
  };
  button.addEventListener('click', () => {
    choice = choices[(choices.indexOf(choice) + 1) % choices.length];
    try {
      localStorage.setItem('theme', choice);
    } catch {
      // Private windows may forbid it; the choice then lasts as long as the page.
    }
    apply();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  apply();
}

function stored() {
  try {
    const choice = localStorage.getItem('theme');
    return choices.includes(choice) ? choice : 'auto';
  } catch {
    return 'auto';
  }
}
