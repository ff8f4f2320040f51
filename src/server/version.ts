/** Of this program, as in `package.json`: its test holds the two together. */
export const version = '0.1.0';
