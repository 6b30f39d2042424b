import type { LaunchOptions } from '@playwright/test';

export function findBrowser(): string | undefined;
export function installBrowser(): string | undefined;
export const browserAdvice: string;
export function browserOptions(): LaunchOptions;
