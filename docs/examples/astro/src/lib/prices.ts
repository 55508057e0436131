/** In the place of your database. */
export interface Price {
  readonly symbol: string;
  readonly price: number;
}

export const currentPrices = async (): Promise<readonly Price[]> => [
  { symbol: 'ALPHA', price: 101.5 },
  { symbol: 'BETA', price: 48.2 },
];
