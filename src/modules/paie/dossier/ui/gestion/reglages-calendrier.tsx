import { z } from 'zod'
import { ChampNombre, ChampTexteLong, Formulaire, formatJour, signaler, useAction, usePanneau } from '#ui'
import { ETAPES_CALENDRIER, LIBELLES_ETAPE, lireCalendrier, reglerCalendrier } from '../../calendrier/contract.ts'
import { lireDossier, listerJournal } from '../../contract.ts'

type Reglage = NonNullable<(typeof lireCalendrier)['reply']['_output']['reglage']>
const jour = z
  .string('Un jour de 1 à 31.')
  .refine((t) => /^\d+$/.test(t) && Number(t) >= 1 && Number(t) <= 31, 'Un jour de 1 à 31.')
const avance = z.string().refine((t) => /^\d+$/.test(t) && Number(t) <= 15, 'De 0 à 15 jours ouvrés.')
const FORME = z.object({
  ...(Object.fromEntries(ETAPES_CALENDRIER.map((e) => [e, jour])) as Record<
    (typeof ETAPES_CALENDRIER)[number],
    typeof jour
  >),
  avanceAout: avance,
  avanceDecembre: avance,
  joursFermes: z
    .string()
    .optional()
    .refine((t) => lireJours(t ?? '') !== undefined, 'Une date par ligne, par exemple 24/12/2025.'),
})

function lireJours(texte: string): string[] | undefined {
  const jours = texte
    .split(/[\n;,]+/)
    .map((t) => t.trim())
    .filter(Boolean)
    .map((t) => /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(t))
  return jours.every((m) => m !== null) ? jours.map((m) => `${m![3]}-${m![2]}-${m![1]}`) : undefined
}

const OU: Partial<Record<(typeof ETAPES_CALENDRIER)[number], string>> = {
  ouverture: 'jour du mois précédent',
  dsn: 'jour du mois suivant',
}

/** Days of the body: the months to come are computed from them. */
export function ReglagesCalendrier({ mois, reglage: r }: { mois: string; reglage: Reglage }) {
  const { close } = usePanneau()
  const action = useAction(reglerCalendrier, { invalidates: [lireCalendrier, lireDossier, listerJournal] })
  return (
    <Formulaire
      forme={FORME}
      initial={{
        ...Object.fromEntries(ETAPES_CALENDRIER.map((e) => [e, String(r.jours[e])])),
        avanceAout: String(r.avanceAout),
        avanceDecembre: String(r.avanceDecembre),
        joursFermes: r.joursFermes.map(formatJour).join('\n'),
      }}
      libelle="Régler le calendrier"
      annuler={close}
      onEnvoyer={async (v) => {
        await action.mutateAsync({
          params: { mois },
          body: {
            jours: Object.fromEntries(ETAPES_CALENDRIER.map((e) => [e, Number(v[e])])) as Reglage['jours'],
            avanceAout: Number(v.avanceAout),
            avanceDecembre: Number(v.avanceDecembre),
            joursFermes: lireJours(v.joursFermes ?? '') ?? [],
          },
        })
        signaler('Le calendrier est réglé.')
        close()
      }}
    >
      <p className="bq-discret">
        Jours du mois de paie. Un jour non ouvré recule au précédent ; deux étapes ne tombent jamais le même jour.
      </p>
      {ETAPES_CALENDRIER.map((e) => (
        <ChampNombre key={e} nom={e} libelle={LIBELLES_ETAPE[e]} {...(OU[e] ? { aide: OU[e] } : {})} requis />
      ))}
      <ChampNombre nom="avanceAout" libelle="Avance en août" unite="jours ouvrés" requis />
      <ChampNombre nom="avanceDecembre" libelle="Avance en décembre" unite="jours ouvrés" requis />
      <ChampTexteLong
        nom="joursFermes"
        libelle="Jours fermés, les vôtres et ceux du comptable"
        aide="Une date par ligne, par exemple 24/12/2025"
        lignes={4}
      />
    </Formulaire>
  )
}
