import localFont from 'next/font/local';

// From packages, served by ourselves: nothing is loaded from another host. Next preloads the files and writes a
// fallback of the same width, so that text does not move when they arrive.
export const uiFont = localFont({
  variable: '--font-inter',
  src: [
    { path: '../node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2', weight: '400' },
    { path: '../node_modules/@fontsource/inter/files/inter-latin-500-normal.woff2', weight: '500' },
    { path: '../node_modules/@fontsource/inter/files/inter-latin-600-normal.woff2', weight: '600' },
  ],
});

export const codeFont = localFont({
  variable: '--font-jetbrains-mono',
  preload: false,
  adjustFontFallback: false,
  src: [
    { path: '../node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2', weight: '400' },
    { path: '../node_modules/@fontsource/jetbrains-mono/files/jetbrains-mono-latin-600-normal.woff2', weight: '600' },
  ],
});
