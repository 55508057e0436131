/** A file with an address of its own: elements take no pictures from `data:`. */
declare module '*?no-inline' {
  const address: string;
  export default address;
}
