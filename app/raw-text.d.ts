/** A file's text, loaded at build time (next.config.js). */
declare module '*?raw' {
  const text: string;
  export default text;
}
