/**
 * Where the server is: its `PUBLIC_BASE`, without a slash at the end. `npm run build` puts the
 * address of the environment variable `API_BASE` here, if there is one.
 */
export const API_BASE = 'https://learn.example.cn';
