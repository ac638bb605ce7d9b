import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { JeuParametres } from './jeu.ts'
import { type Parametre, zFichier } from './schema.ts'

export type Theme = { fichier: string; theme: string; parametres: Parametre[] }

let themes: Theme[] | undefined
/** The data files shipped with the engine, checked by their schema. */
export function themesLivres(): Theme[] {
  themes ??= readdirSync(import.meta.dirname)
    .filter((f) => f.endsWith('.yaml') && f !== 'regles.yaml')
    .sort()
    .map((fichier) => {
      const text = readFileSync(`${import.meta.dirname}/${fichier}`, 'utf8')
      return { fichier, ...zFichier.parse(parse(text, { schema: 'core' })) }
    })
  return themes
}

let livre: JeuParametres | undefined
/** The parameters shipped with the engine. */
export function jeuLivre(): JeuParametres {
  livre ??= new JeuParametres(themesLivres().flatMap((t) => t.parametres))
  return livre
}
