/** The part of mathjs that derives and evaluates, as its guide to small bundles advises. */
import { create, derivativeDependencies, parseDependencies } from 'mathjs';

export const { derivative, parse } = create({ derivativeDependencies, parseDependencies });
