import { z } from 'zod'

/** Plain French for what a shape refuses, when the contract gives no message of its own. */
export function messageZod(e: z.core.$ZodRawIssue): string | undefined {
  switch (e.code) {
    case 'invalid_type':
      if (e.input === undefined || e.input === null || e.input === '') return 'À remplir.'
      return e.expected === 'number' || e.expected === 'int'
        ? 'Un nombre est attendu.'
        : 'Cette valeur n’est pas du bon genre.'
    case 'too_small':
      if (e.origin === 'string') return e.minimum === 1 ? 'À remplir.' : `${e.minimum} caractères au moins.`
      if (e.origin === 'array') return e.minimum === 1 ? 'Choisissez-en au moins un.' : `${e.minimum} au moins.`
      return `${e.inclusive === false ? 'Plus de' : 'Au moins'} ${e.minimum}.`
    case 'too_big':
      if (e.origin === 'string') return `${e.maximum} caractères au plus.`
      return `${e.inclusive === false ? 'Moins de' : 'Au plus'} ${e.maximum}.`
    case 'invalid_value':
      return e.input === undefined || e.input === null || e.input === ''
        ? 'À choisir.'
        : 'Cette valeur n’est pas dans la liste.'
    case 'invalid_format':
      if (e.format === 'email') return 'Une adresse de courriel est attendue, par exemple accueil@mairie.fr.'
      if (e.format === 'url') return 'Une adresse de site est attendue, par exemple https://www.mairie.fr.'
      return 'Cette valeur n’a pas la forme attendue.'
    default:
      return undefined
  }
}

/** Makes zod speak French in this process; a message written in a contract still comes first. */
export function setMessagesZod(): void {
  z.config({ ...z.locales.fr(), customError: messageZod })
}
