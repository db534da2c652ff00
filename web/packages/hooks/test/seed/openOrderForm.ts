/** Symbols whose order form was opened, in order. */
export const openedForms: string[] = [];

/** Opens the order form of a symbol. */
export const openOrderForm = (symbol: string) => openedForms.push(symbol);
