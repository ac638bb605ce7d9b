import { parseArgs } from 'node:util'
import { z } from 'zod'
import { creerOrganisme } from '#modules/acces/index.ts'
import { LIBELLES_TYPE } from '#modules/organismes/index.ts'
import { Refus } from '#socle/refus.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../application.ts'
import type { Commande } from './index.ts'

const TYPES = Object.keys(LIBELLES_TYPE) as (keyof typeof LIBELLES_TYPE)[]
const zOptions = z.object({
  type: z.enum(TYPES, `--type : ${TYPES.join(', ')}`),
  nom: z.string('--nom : le nom de l’organisme').min(1),
  siret: z.string('--siret : quatorze chiffres').regex(/^\d{14}$/, '--siret : quatorze chiffres'),
  insee: z.string('--insee : le code de la commune').regex(/^(\d{2}|2[AB])\d{3}$/, '--insee : le code de la commune'),
  courriel: z.email('--courriel : l’adresse du premier administrateur'),
  personne: z
    .string('--personne : « Prénom Nom » du premier administrateur')
    .regex(/\S+\s+\S+/, '--personne : « Prénom Nom »'),
})

export const organismeCreer: Commande = {
  nom: 'organisme creer',
  usage: 'organisme creer --type … --nom … --siret … --insee … --courriel … --personne "Prénom Nom"',
  aide: 'Inscrit un organisme (l’agence d’abord) et crée le compte de son premier administrateur.',
  async run(args, env) {
    const texte = { type: 'string' } as const
    const { values } = parseArgs({
      args,
      options: { type: texte, nom: texte, siret: texte, insee: texte, courriel: texte, personne: texte },
      strict: true,
    })
    const lu = zOptions.safeParse(values)
    if (!lu.success)
      throw new Refus('usage', `À corriger :\n${lu.error.issues.map((i) => `  ${i.message}`).join('\n')}`)
    const o = lu.data
    const [prenom, ...nom] = o.personne.trim().split(/\s+/)
    const p = await openPlateforme(readReglages(env))
    try {
      if (p.avertissement) console.log(p.avertissement)
      const r = await creerOrganisme(
        p.base,
        { ...o, administrateur: { identifiant: o.courriel, prenom: prenom!, nom: nom.join(' ') } },
        p.courrier.lien,
      )
      console.log(r.organismeCree ? `${o.nom} est inscrit.` : 'Cet organisme est déjà inscrit.')
      console.log(`${o.courriel} : ${r.role}.`)
      if (r.lien) console.log(`Pour choisir son mot de passe (une fois, dans les trois jours) : ${r.lien}`)
      return 0
    } finally {
      await p.close()
    }
  },
}
