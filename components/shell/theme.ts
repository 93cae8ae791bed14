export type Theme = 'system' | 'light' | 'dark';
export const themeKey = 'lockscope.theme';

/** Runs in the head before first paint: the stored choice, else the system's; follows the system while none is stored. */
export const themeScript = `(()=>{const d=document.documentElement,m=matchMedia('(prefers-color-scheme: dark)');
const set=()=>{let t;try{t=localStorage.getItem('${themeKey}')}catch{}d.dataset.theme=t==='dark'||t==='light'?t:m.matches?'dark':'light'};
set();m.addEventListener('change',set);addEventListener('storage',set);addEventListener('${themeKey}',set)})()`;
