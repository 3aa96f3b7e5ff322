/** Returns a value for OpenSSL's configuration files: in quotation marks nothing but \ and the mark itself has a meaning. */
export const configValue = (text: string): string => `"${text.replace(/[\\"$]/g, '\\$&')}"`
