/** What the list asks for after it may have missed something. */
import type { APIRoute } from 'astro';
import { currentPrices } from '../lib/prices';

export const GET: APIRoute = async () => Response.json(await currentPrices());
